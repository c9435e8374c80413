#include "findings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace openhash_tool {
namespace {

using nlohmann::json;

constexpr std::size_t kMostConditions = 20;
constexpr std::size_t kMostOfSentence = 500;

std::string_view word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return "good";
    case Verdict::trouble:
      return "trouble";
    case Verdict::failure:
      return "failure";
  }
  return "";
}

std::string_view mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return "  good     ";
    case Verdict::trouble:
      return "! TROUBLE  ";
    case Verdict::failure:
      return "! FAILURE  ";
  }
  return "";
}

std::string_view summary_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return "The node is well.";
    case Verdict::trouble:
      return "The node serves, but somebody should look after it.";
    case Verdict::failure:
      return "The node does not do what it is for.";
  }
  return "";
}

/// What another machine says is shown on a terminal.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kMostOfSentence)) {
    out += c >= 0x20 && c < 0x7f ? c : '?';
  }
  return out;
}

std::string text_in(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

Verdict verdict_in(const json& condition) {
  return text_in(condition, "weight") == "failure" ? Verdict::failure : Verdict::trouble;
}

}  // namespace

Verdict verdict_of(const std::vector<Finding>& findings) {
  Verdict worst = Verdict::good;
  for (const Finding& finding : findings) worst = std::max(worst, finding.verdict);
  return worst;
}

std::string to_text(std::string_view node, const std::vector<Finding>& findings) {
  std::string text = printable(node) + "\n";
  for (const Finding& finding : findings) {
    text.append(mark_of(finding.verdict)).append(printable(finding.sentence)).append("\n");
  }
  return text.append(summary_of(verdict_of(findings))).append("\n");
}

std::string to_json(std::string_view node, const std::vector<Finding>& findings) {
  json out = {{"node", node},
              {"verdict", word_of(verdict_of(findings))},
              {"findings", json::array()}};
  for (const Finding& finding : findings) {
    out["findings"].push_back({{"kind", finding.kind},
                               {"verdict", word_of(finding.verdict)},
                               {"sentence", finding.sentence}});
  }
  return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

base::Result<Status> parse_status(std::string_view text) {
  const json read = json::parse(text, nullptr, false);
  const auto time = read.is_object() ? read.find("time") : read.end();
  if (!read.is_object() || time == read.end() || !time->is_number_integer() ||
      !read.contains("health")) {
    return base::fail(base::Errc::malformed, "what it answers is not the status of a node");
  }
  Status status;
  status.node = text_in(read, "node");
  status.time = time->get<long long>();
  if (read["health"].is_object()) status.sentence = text_in(read["health"], "sentence");
  const auto conditions = read.find("conditions");
  if (conditions == read.end() || !conditions->is_array()) return status;
  for (const json& condition : *conditions) {
    if (!condition.is_object() || status.conditions.size() >= kMostConditions) continue;
    status.conditions.push_back(
        {text_in(condition, "kind"), verdict_in(condition), text_in(condition, "sentence")});
  }
  return status;
}

}  // namespace openhash_tool
