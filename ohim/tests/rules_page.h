#pragma once
// Reads the tables of docs/presence_rules.md.

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace ohim {

inline std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) {
    const auto first = part.find_first_not_of(' ');
    const auto last = part.find_last_not_of(' ');
    parts.push_back(first == std::string::npos ? "" : part.substr(first, last - first + 1));
  }
  return parts;
}

/// The rows of the table whose first heading is `heading`, cell by cell.
inline std::vector<std::vector<std::string>> rows_of_table(const std::string& heading) {
  std::ifstream page(OHIM_DOCS "/presence_rules.md");
  std::vector<std::vector<std::string>> rows;
  bool in_table = false;
  for (std::string line; std::getline(page, line);) {
    if (line.empty()) in_table = false;
    if (in_table && !line.starts_with("|---")) {
      std::vector<std::string> cells = split(line, '|');
      cells.erase(cells.begin());  // what stands before the first bar
      rows.push_back(std::move(cells));
    }
    if (line.starts_with("| " + heading + " |")) in_table = true;
  }
  return rows;
}

}  // namespace ohim
