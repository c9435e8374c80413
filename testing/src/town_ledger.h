#pragma once
// Every text said in a town, and what became of it.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "testing/town.h"

namespace sim {

class Ledger {
 public:
  /// The number by which the text is spoken of below.
  std::size_t said(std::string from, std::string to, std::string text);
  void delivered(std::size_t number);
  void failed(std::size_t number, std::string why);
  /// The sender's program ended before it could tell.
  void never_told(std::size_t number);
  void heard(const std::string& by, const std::string& from, const std::string& text,
             const std::string& id);

  [[nodiscard]] TextCount count() const;
  [[nodiscard]] Complaints check() const;

 private:
  enum class End { none, delivered, failed, never_told };
  struct Said {
    std::string from;
    std::string to;
    std::string text;
    End end = End::none;
    std::string why;
    std::vector<std::size_t> heard;  // its places among all that was heard
    std::string id;                  // under which it was heard first
  };

  static void check_one(const Said& said, Complaints& complaints);
  void check_order(Complaints& complaints) const;

  std::vector<Said> said_;
  std::map<std::string, std::size_t> by_text_;
  Complaints wrong_;  // seen at once
  std::size_t heard_ = 0;
};

}  // namespace sim
