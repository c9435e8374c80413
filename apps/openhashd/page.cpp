#include "page.h"

#include <map>

#include "base/markup.h"

namespace page {
namespace {

std::string items(const std::vector<Condition>& conditions) {
  std::string text;
  for (const Condition& condition : conditions) {
    text += "<li>" + base::escape_markup(condition.sentence) + "</li>";
  }
  return text;
}

/// What stands for `{name}` in the template; all of it is HTML.
std::map<std::string_view, std::string> figures(const Report& report) {
  const std::vector<Condition> conditions = conditions_of(report);
  const auto number = [](std::uint64_t value) { return std::to_string(value); };
  return {
      {"state", std::string(state_of(conditions))},
      {"sentence", base::escape_markup(sentence_of(report, conditions))},
      {"conditions", items(conditions)},
      {"records", number(report.node.records)},
      {"neighbours", number(report.node.neighbours)},
      {"clients", number(report.gateway.connections)},
      {"node", base::escape_markup(report.node.id)},
      {"network", number(report.rules.network)},
  };
}

}  // namespace

std::string html(const Report& report) {
  const auto values = figures(report);
  std::string out;
  std::string_view rest = kTemplate;
  for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const std::size_t close = rest.find('}', open);
    out += rest.substr(0, open);
    out += values.at(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
  return out.append(rest);
}

}  // namespace page
