#pragma once
// What `openhash doctor` found out about a node, for people and for programs. No I/O.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace openhash_tool {

enum class Verdict {
  good,
  trouble,  ///< it serves, but somebody should look
  failure,  ///< it does not do what it is for
};

struct Finding {
  std::string kind;  ///< for programs: "answers", "keeps-nothing"; docs/operate.md lists them
  Verdict verdict = Verdict::good;
  std::string sentence;
};

/// The worst of all.
Verdict verdict_of(const std::vector<Finding>& findings);
/// One line a finding, what is wrong marked, and what it comes to at the end. Only printable
/// characters come out.
std::string to_text(std::string_view node, const std::vector<Finding>& findings);
/// {"node":..,"verdict":"failure","findings":[{"kind":..,"verdict":..,"sentence":..}]}
std::string to_json(std::string_view node, const std::vector<Finding>& findings);

/// What a gateway says of its node (/v1/status). `malformed`: that is no such answer.
struct Status {
  std::string node;
  long long time = 0;  ///< by its clock, in seconds since 1970
  std::vector<Finding> conditions;
  std::string sentence;
};
base::Result<Status> parse_status(std::string_view json);

}  // namespace openhash_tool
