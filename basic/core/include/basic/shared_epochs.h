#pragma once
// Which protocols the two ends of one link speak at the moment, while both may change their minds
// at any time. Pure; docs/link.md, "What is spoken".

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "basic/control.h"

namespace basic {

class SharedEpochs {
 public:
  /// As the two hellos said.
  SharedEpochs(std::vector<Epoch> ours, std::vector<Epoch> theirs);

  /// We speak these from now on. What to tell her at once, if that is another set than before.
  std::optional<Speaks> set_ours(const std::vector<Epoch>& ours);
  /// She told. What to answer at once, if anything.
  std::optional<Speaks> hear(const Speaks& told);

  /// Both speak it.
  [[nodiscard]] bool shared(const Epoch& epoch) const;
  /// A frame of it that comes now counts. False also for what she sent before she knew that we
  /// speak it again: she sends all of that anew.
  [[nodiscard]] bool takes(const Epoch& epoch) const;

 private:
  [[nodiscard]] Speaks say() const;

  std::map<Epoch, std::uint32_t> ours_;  // with the number of what told her so; 0: the hello
  std::set<Epoch> theirs_;
  std::uint32_t told_ = 0;   // number of what we told last
  std::uint32_t heard_ = 0;  // of what she told last
  std::uint32_t known_ = 0;  // what she has heard of ours
};

}  // namespace basic
