#include "report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "history.h"
#include "page.h"

namespace {

using namespace std::chrono_literals;
using nlohmann::json;

/// A node that is well.
Report healthy() {
  Report report;
  report.time = base::WallTime(1'800'000'000s);
  report.uptime = 3h;
  report.node.id = std::string(40, 'a');
  report.node.connected = true;
  report.node.neighbours = 12;
  report.node.records = 18'412;
  report.silence = 2s;
  report.look_up.add(14ms);
  report.gateway.answers[200] = 7;
  return report;
}

std::vector<std::string> kinds_of(const Report& report) {
  std::vector<std::string> kinds;
  for (const Condition& condition : conditions_of(report)) kinds.push_back(condition.kind);
  return kinds;
}

std::string sentence(const Report& report) { return sentence_of(report, conditions_of(report)); }

TEST(Report, OfANodeThatIsWellIsOneSentence) {
  EXPECT_EQ(kinds_of(healthy()), std::vector<std::string>{});
  EXPECT_EQ(sentence(healthy()),
            "It is well: 12 neighbours, 18,412 records held, look-ups within 20 ms.");
  EXPECT_EQ(state_of(conditions_of(healthy())), "well");
}

TEST(Report, NamesTheWorstFirst) {
  Report report = healthy();
  report.node.damage = "it was cut";
  report.certificate_ends = report.time + 24h * 3;
  report.node.disk_error = "no space left";
  EXPECT_EQ(kinds_of(report),
            (std::vector<std::string>{"disk", "certificate-ends", "journal-damaged"}));
  EXPECT_EQ(state_of(conditions_of(report)), "ill");
  EXPECT_NE(sentence(report).find("no space left"), std::string::npos);
}

TEST(Report, KnowsEveryWayToBeOnesOwn) {
  Report report = healthy();
  report.node.connected = false;
  report.silence = 200s;
  EXPECT_EQ(kinds_of(report), std::vector<std::string>{"cut-off"});
  EXPECT_EQ(sentence(report).find("Nobody has answered it for 3 minutes"), 0U);
  report.silence.reset();
  EXPECT_EQ(sentence(report).find("Nobody has answered it since it started"), 0U);
  report.node.connected = true;
  report.node.alone = true;
  EXPECT_EQ(kinds_of(report), std::vector<std::string>{"alone"});
  EXPECT_EQ(state_of(conditions_of(report)), "worried");
  report.node.alone = false;
  report.node.without_place = true;
  EXPECT_EQ(kinds_of(report), std::vector<std::string>{"no-place"});
  report.node.without_place = false;
  report.look_up_failed = true;
  EXPECT_EQ(kinds_of(report), std::vector<std::string>{"look-up-failed"});
}

TEST(Report, TellsOfClockAndCertificate) {
  Report report = healthy();
  report.node.clock_ahead = -3h;
  EXPECT_EQ(sentence(report), "Its clock is about 3 hours behind those of others: set it.");
  report.node.clock_ahead.reset();
  report.certificate_ends = report.time + 24h * 15;
  EXPECT_TRUE(kinds_of(report).empty());
  report.certificate_ends = report.time + 24h * 5;
  EXPECT_NE(sentence(report).find("ends in 5 days"), std::string::npos);
  report.certificate_ends = report.time - 1s;
  EXPECT_EQ(kinds_of(report), std::vector<std::string>{"certificate-ended"});
}

TEST(Report, IsJsonWhateverIsInASentence) {
  Report report = healthy();
  report.node.damage = "in \"/x/\xff<b>\"\n";
  const json status = json::parse(status_json(report));
  EXPECT_EQ(status["node"], report.node.id);
  EXPECT_EQ(status["records"], 18'412);
  EXPECT_EQ(status["latency"]["lookUp"]["p50"], 20);
  EXPECT_EQ(status["health"]["state"], "worried");
  EXPECT_EQ(status["conditions"][0]["kind"], "journal-damaged");
  EXPECT_EQ(status["lastHeard"], 2.0);
}

/// Prometheus' text format: each sample has a TYPE before it, no name comes twice, buckets grow.
TEST(Metrics, AreInPrometheusFormat) {
  std::istringstream text(metrics_text(healthy()));
  const std::regex sample(R"(([a-z_]+?)(_bucket|_sum|_count)?(\{[a-z]+="[^"\\]+"\})? [0-9.e+-]+)");
  std::set<std::string> types;
  std::set<std::string> seen;
  double bucket = 0;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("# HELP ")) continue;
    if (line.starts_with("# TYPE ")) {
      const std::string name = line.substr(7, line.rfind(' ') - 7);
      EXPECT_TRUE(types.insert(name).second) << line;
      bucket = 0;
      continue;
    }
    std::smatch parts;
    ASSERT_TRUE(std::regex_match(line, parts, sample)) << line;
    EXPECT_TRUE(types.contains(parts[1]) || types.contains(parts[1].str() + parts[2].str()))
        << line;
    EXPECT_TRUE(seen.insert(line.substr(0, line.rfind(' '))).second) << line;
    if (parts[2] != "_bucket") continue;
    const double count = std::stod(line.substr(line.rfind(' ')));
    EXPECT_GE(count, bucket) << line;
    bucket = count;
  }
  EXPECT_TRUE(seen.contains("openhash_gateway_answers_total{status=\"200\"}"));
  EXPECT_TRUE(seen.contains("openhash_look_up_duration_seconds_bucket{le=\"+Inf\"}"));
  EXPECT_GT(types.size(), 20U);
}

TEST(Page, EscapesWhatComesFromElsewhere) {
  Report report = healthy();
  report.node.damage = "</h1><script>alert(1)</script>{state}";
  const std::string html = page::html(report);
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)&lt;/script&gt;{state}"), std::string::npos);
  EXPECT_NE(html.find("class=\"worried\""), std::string::npos);
}

TEST(History, IsAnHourOfRatesAndLevels) {
  History history;
  Report report = healthy();
  history.add(report, std::nullopt);
  for (std::size_t i = 0; i < History::kSamples; ++i) {
    report.traffic.received += 50;
    report.cpu_seconds += 1;
    history.add(report, i == 0 ? std::optional<base::Duration>(12ms) : std::nullopt);
  }
  const json plots = json::parse(history.json());
  EXPECT_EQ(plots["interval"], 10);
  for (const char* const name : {"records", "neighbours", "clients", "sent", "cpu", "lookUp"}) {
    EXPECT_EQ(plots[name].size(), History::kSamples) << name;
  }
  EXPECT_EQ(plots["received"].back(), 5.0);
  EXPECT_EQ(plots["cpu"].back(), 0.1);
  EXPECT_EQ(plots["lookUp"].front(), 12.0);
  EXPECT_TRUE(plots["lookUp"].back().is_null());
}

}  // namespace
