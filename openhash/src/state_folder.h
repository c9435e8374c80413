#pragma once
// The folder in which a storage node keeps what must survive it: its id and its journal. It is
// locked, so that no second process comes in.

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "node_id.h"

namespace openhash {

class StateFolder {
 public:
  /// Creates the folder (for its owner alone) if it is absent. `conflict`: another process uses
  /// it. `failed`: it cannot be used, and why.
  static base::Result<StateFolder> open(std::filesystem::path folder);
  StateFolder(StateFolder&& other) noexcept;
  StateFolder& operator=(StateFolder&& other) noexcept;
  ~StateFolder();

  /// The node's id as it was written, if it can be read.
  [[nodiscard]] std::optional<NodeId> node_id() const;
  base::Result<void> keep_node_id(const NodeId& id) const;
  [[nodiscard]] std::filesystem::path journal() const { return folder_ / "journal.db"; }

 private:
  StateFolder(std::filesystem::path folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
  std::filesystem::path folder_;
  int lock_ = -1;  // the folder itself, open
};

}  // namespace openhash
