// openhash-bench: what the hash table costs, beside the bare engine's own put and get in the same
// run. Absolute times are this machine's; the ratios, and the growth with the nodes, count.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "measure_table.h"

namespace bench {
namespace {

int usage(int status) {
  std::fputs(
      "openhash-bench: measures put, get and watch over loopback, on 1, 8, 32 and 128 nodes.\n"
      "  --count N    operations of each kind (100)\n"
      "  --nodes N    N nodes only\n"
      "  --records N  to start a node with (100000)\n"
      "  --quick      10 operations on 1 and 8 nodes, 1000 records\n"
      "  --help       this\n"
      "A put of ours is acknowledged when enough nodes were seen to hold it; the engine's when\n"
      "nodes say so, whether or not they took it.\n",
      status == 0 ? stdout : stderr);
  return status;
}

void add(Rows& rows, const std::string& what, const std::vector<Nanoseconds>& ours,
         const std::vector<Nanoseconds>& bare) {
  const Percentiles a = percentiles(ours);
  const Percentiles b = percentiles(bare);
  const auto row = [&](const char* which, double mine, double theirs) {
    rows.push_back({what + which, format("%.2f ms", mine / 1000), format("%.2f ms", theirs / 1000),
                    format("%.1fx", theirs > 0 ? mine / theirs : 0)});
  };
  row(", p50", a.p50, b.p50);
  row(", p99", a.p99, b.p99);
}

void add_growth(Rows& rows, const char* what, const std::vector<double>& p50s,
                const std::vector<std::size_t>& nodes) {
  const double logs =
      std::log2(static_cast<double>(nodes.back())) - std::log2(static_cast<double>(nodes.front()));
  if (logs <= 0) return;
  rows.push_back({std::string(what) + ", p50, for each doubling of the nodes",
                  format("%+.2f ms", (p50s.back() - p50s.front()) / 1000 / logs), "", ""});
}

int run(const std::vector<std::size_t>& sizes, std::size_t count, std::size_t records) {
  print({{"", "OpenHash", "bare OpenDHT", "ratio"}});
  std::vector<double> puts;
  std::vector<double> gets;
  std::size_t failed = 0;
  for (const std::size_t nodes : sizes) {
    const Times ours = measure_ours(nodes, count);
    const Times bare = measure_bare(nodes, count);
    Rows rows;
    const std::string on = " on " + std::to_string(nodes);
    add(rows, "put acknowledged" + on, ours.put, bare.put);
    add(rows, "get, first value" + on, ours.found, bare.found);
    add(rows, "get, whole" + on, ours.whole, bare.whole);
    add(rows, "get of what is not there" + on, ours.missing, bare.missing);
    add(rows, "watch, pushed" + on, ours.push, bare.push);
    rows.push_back({"failed" + on, std::to_string(ours.failed), std::to_string(bare.failed), ""});
    print(rows);
    failed += ours.failed;
    puts.push_back(percentiles(ours.put).p50);
    gets.push_back(percentiles(ours.whole).p50);
  }
  Rows rows;
  add_growth(rows, "put", puts, sizes);
  add_growth(rows, "get", gets, sizes);
  print(rows);
  print(measure_holding(records));
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  std::vector<std::size_t> nodes = {1, 8, 32, 128};
  std::size_t count = 100;
  std::size_t records = 100'000;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    const long number = i + 1 < argc ? std::atol(argv[i + 1]) : 0;
    if (option == "--help") return bench::usage(0);
    if (option == "--quick") {
      nodes = {1, 8};
      count = 10;
      records = 1000;
      continue;
    }
    if (number <= 0) return bench::usage(2);
    if (option == "--count") {
      count = static_cast<std::size_t>(number);
    } else if (option == "--nodes") {
      nodes = {static_cast<std::size_t>(number)};
    } else if (option == "--records") {
      records = static_cast<std::size_t>(number);
    } else {
      return bench::usage(2);
    }
    ++i;
  }
  try {
    return bench::run(nodes, count, records);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "openhash-bench: %s\n", error.what());
    return 2;
  }
}
