#pragma once
// A link in the test's hands.

#include <vector>

#include "basic/module.h"

namespace basic::test {

/// Counts for all links of a test.
struct Activities {
  std::uint64_t count = 0;
};

/// Of Milhouse, at one of his places. It counts as up from the start.
struct FakeLink final : LinkView {
  FakeLink(Activities& all, std::uint64_t place) : activities(all), where(place) { note_active(); }

  Activities& activities;
  std::uint64_t where;
  ohim::Name who = *ohim::Name::parse("milhouse");
  bool is_listed = true;
  Activity last;
  std::vector<base::Bytes> sent;
  Module* told = nullptr;  ///< hears of activity, as the modules of a real link do

  [[nodiscard]] const ohim::Name& buddy() const override { return who; }
  [[nodiscard]] std::uint64_t device() const override { return where; }
  [[nodiscard]] bool listed() const override { return is_listed; }
  base::Result<void> send(base::ByteView body) override {
    sent.push_back(base::to_bytes(body));
    return {};
  }
  [[nodiscard]] Activity activity() const override { return last; }
  void note_active() override {
    last = {true, ++activities.count};
    if (told != nullptr) told->activity_changed(*this);
  }
  void note_away() override {
    last.attended = false;
    if (told != nullptr) told->activity_changed(*this);
  }
};

}  // namespace basic::test
