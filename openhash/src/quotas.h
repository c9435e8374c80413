#pragma once
// Whose records take how much of a node's room. Our own count, by owner and by the network that
// brought them: the engine's goes wrong when a value is edited (docs/engine.md). Every record
// counts as a full one, since an edit may make it one. Who is refused displaces nobody.

#include <map>

#include "openhash/record.h"
#include "reach.h"

namespace openhash {

/// Who brings a record.
struct Source {
  /// All zeros: this node itself, its journal, or somebody of the local network; not counted.
  Prefix prefix{};
  /// A storage node in our table: it brings what others have put, again and again. The five nearest
  /// to a key see to its records, so each may bring an empty node a fifth of all.
  bool neighbour = false;
};

class Quotas {
 public:
  /// Memory that a record of full size takes, here and in the engine; about, and rather too much.
  static constexpr std::size_t kRecordCost = 3072;
  static constexpr std::size_t kOfOwner = 256;
  static constexpr std::size_t kStrangersShare = 20;  // one part of so many
  static constexpr std::size_t kNeighboursShare = 4;

  explicit Quotas(std::size_t bytes) : most_(bytes / kRecordCost) {}

  [[nodiscard]] bool has_room(const PublicKey& owner, const Source& source) const;
  void add(const PublicKey& owner, const Prefix& source);
  void remove(const PublicKey& owner, const Prefix& source);

 private:
  std::size_t most_;
  std::size_t count_ = 0;
  std::map<PublicKey, std::size_t> owners_;
  std::map<Prefix, std::size_t> sources_;
};

}  // namespace openhash
