#include "town_ledger.h"

namespace sim {

std::size_t Ledger::said(std::string from, std::string to, std::string text) {
  const std::size_t number = said_.size();
  if (!by_text_.emplace(text, number).second) wrong_.push_back("said twice: '" + text + "'");
  Said said;
  said.from = std::move(from);
  said.to = std::move(to);
  said.text = std::move(text);
  said_.push_back(std::move(said));
  return number;
}

void Ledger::delivered(std::size_t number) { said_[number].end = End::delivered; }

void Ledger::failed(std::size_t number, std::string why) {
  said_[number].end = End::failed;
  said_[number].why = std::move(why);
}

void Ledger::never_told(std::size_t number) {
  if (said_[number].end == End::none) said_[number].end = End::never_told;
}

void Ledger::heard(const std::string& by, const std::string& from, const std::string& text,
                   const std::string& id) {
  const std::size_t place = heard_++;
  const auto found = by_text_.find(text);
  if (found == by_text_.end()) {
    wrong_.push_back(by + " heard from " + from + " what nobody said: '" + text + "'");
    return;
  }
  Said& said = said_[found->second];
  if (said.to != by || said.from != from) {
    wrong_.push_back(by + " heard from " + from + " what " + said.from + " said to " + said.to +
                     ": '" + text + "'");
    return;
  }
  if (said.heard.empty()) {
    said.id = id;
  } else {
    wrong_.push_back(by + " heard twice from " + from + ": '" + text + "', under " +
                     (said.id == id ? "one id" : "two ids"));
  }
  said.heard.push_back(place);
}

TextCount Ledger::count() const {
  TextCount count;
  count.said = said_.size();
  count.heard = heard_;
  for (const Said& said : said_) {
    if (said.end == End::delivered) ++count.delivered;
    if (said.end == End::failed) ++count.failed;
    if (said.end == End::never_told) ++count.unanswered;
  }
  return count;
}

Complaints Ledger::check() const {
  Complaints complaints = wrong_;
  for (const Said& said : said_) check_one(said, complaints);
  check_order(complaints);
  return complaints;
}

void Ledger::check_one(const Said& said, Complaints& complaints) {
  const std::string what = said.from + " said to " + said.to + ": '" + said.text + "'";
  if (said.end == End::none) {
    complaints.push_back(what + ", and was never told what became of it");
  }
  if (said.end == End::delivered && said.heard.empty()) {
    complaints.push_back(what + ", and was told that it was delivered, but it was not heard");
  }
}

/// Of what one person acknowledged to another, in the order of saying, each was heard later than
/// the one before.
void Ledger::check_order(Complaints& complaints) const {
  std::map<std::pair<std::string, std::string>, const Said*> before;
  for (const Said& said : said_) {
    if (said.end != End::delivered || said.heard.empty()) continue;
    const Said*& last = before[{said.from, said.to}];
    if (last != nullptr && last->heard.front() > said.heard.front()) {
      complaints.push_back(said.to + " heard from " + said.from + " '" + said.text + "' before '" +
                           last->text + "', which was said first");
    }
    last = &said;
  }
}

}  // namespace sim
