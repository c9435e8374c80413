#pragma once
// Many keys in one answer, in their order, or line by line as they are found.

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "exchange.h"
#include "reads.h"

namespace openhash::gateway {

/// Reads no faster than the client takes, so that what it asked for never piles up here.
class Batch {
 public:
  enum class Form {
    list,   ///< {"results":[..]}
    lines,  ///< a line a record, a line at the end of each key, {"end":true}
  };
  Batch(base::World& world, Reads& reads, Exchange& exchange, std::vector<Key> keys, Form form)
      : world_(world), reads_(reads), exchange_(exchange), keys_(std::move(keys)), form_(form) {}

  base::Task<void> run();

 private:
  void read_some();
  base::Task<void> read(std::size_t index);
  void say(std::size_t index, std::string text);
  std::string sayable();
  base::Task<void> news();

  base::World& world_;
  Reads& reads_;
  Exchange& exchange_;
  std::vector<Key> keys_;
  Form form_;
  std::size_t begun_ = 0;    // keys
  std::size_t ended_ = 0;    // keys
  std::size_t said_ = 0;     // of a list: entries
  std::size_t waiting_ = 0;  // bytes that wait for their turn
  std::vector<std::optional<std::string>> entries_ =
      std::vector<std::optional<std::string>>(keys_.size());
  std::string lines_;
  std::shared_ptr<base::Completion<bool>> news_;
  base::Tasks tasks_;
};

}  // namespace openhash::gateway
