#pragma once
// The storage node that Basic brings along, so that it works with no service anywhere. The Basics
// of one user of a machine share it: one hosts, the others use it, and when the host goes, another
// takes over. Several users of a machine have one each; these form a table together, so that nobody
// depends on the files of somebody else.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/world.h"
#include "openhash/node.h"

struct EmbeddedNodeOptions {
  openhash::Rules rules;
  /// Where a host may listen; everybody looks at all of them. See local_candidates().
  std::vector<base::Endpoint> candidates;
  /// What the host stores. Its lock decides who hosts when several want to.
  std::filesystem::path state;
};

/// 16 ports of the loopback address, from a range of their own for each network (modulo 64).
std::vector<base::Endpoint> local_candidates(std::uint32_t network);

/// Lives on the loop. Destroying it stops hosting; what was stored stays in the state folder.
class EmbeddedNode {
 public:
  /// `warn` gets a sentence when the state folder cannot be used: then nothing is kept on disk.
  EmbeddedNode(base::World& world, EmbeddedNodeOptions options,
               std::function<void(const std::string&)> warn);

  /// Hosts, if no process does for this state folder; looks again from then on.
  void start();

  /// Where this process hosts; empty while another one does.
  [[nodiscard]] std::string hosting() const;

 private:
  void host();
  base::Result<void> open_at(const base::Endpoint& endpoint);
  [[nodiscard]] bool is_free(const base::Endpoint& endpoint);

  base::World& world_;
  EmbeddedNodeOptions options_;
  std::function<void(const std::string&)> warn_;
  std::unique_ptr<openhash::Node> node_;
  base::Timer look_again_;
};
