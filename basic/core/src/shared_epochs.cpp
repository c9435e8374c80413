#include "basic/shared_epochs.h"

namespace basic {

SharedEpochs::SharedEpochs(std::vector<Epoch> ours, std::vector<Epoch> theirs)
    : theirs_(theirs.begin(), theirs.end()) {
  for (const Epoch& epoch : ours) ours_.emplace(epoch, 0);
}

std::optional<Speaks> SharedEpochs::set_ours(const std::vector<Epoch>& ours) {
  const std::set<Epoch> wanted(ours.begin(), ours.end());
  const auto stopped =
      std::erase_if(ours_, [&](const auto& entry) { return !wanted.contains(entry.first); });
  if (stopped == 0 && ours_.size() == wanted.size()) return std::nullopt;
  ++told_;
  for (const Epoch& epoch : wanted) ours_.emplace(epoch, told_);  // unless it was spoken before
  return say();
}

std::optional<Speaks> SharedEpochs::hear(const Speaks& told) {
  if (told.heard > known_ && told.heard <= told_) known_ = told.heard;
  if (told.number <= heard_) return std::nullopt;  // an answer, or nothing new
  heard_ = told.number;
  theirs_ = std::set<Epoch>(told.epochs.begin(), told.epochs.end());
  return say();
}

bool SharedEpochs::shared(const Epoch& epoch) const {
  return ours_.contains(epoch) && theirs_.contains(epoch);
}

bool SharedEpochs::takes(const Epoch& epoch) const {
  const auto at = ours_.find(epoch);
  return at != ours_.end() && at->second <= known_ && theirs_.contains(epoch);
}

Speaks SharedEpochs::say() const {
  Speaks speaks{told_, heard_, {}};
  for (const auto& [epoch, since] : ours_) speaks.epochs.push_back(epoch);
  return speaks;
}

}  // namespace basic
