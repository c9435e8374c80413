// ohim-bench: what things cost, beside what the bare machine does in the same run. Absolute times
// are this machine's; the ratios are what to compare.

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "measure.h"

namespace bench {
namespace {

int usage(int status) {
  std::fputs(
      "ohim-bench: measures texts, sign-on and memory on this machine, over loopback.\n"
      "  --texts N    texts to send, one by one and then all at once (5000)\n"
      "  --buddies N  sign on with N buddies only (10, 100 and 300)\n"
      "  --quick      500 texts; sign-on with 10 buddies only\n"
      "  --help       this\n",
      status == 0 ? stdout : stderr);
  return status;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  std::size_t texts = 5000;
  std::vector<std::size_t> buddies = {10, 100, 300};
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--help") return bench::usage(0);
    if (option == "--quick") {
      texts = 500;
      buddies = {10};
    } else if (option == "--texts" && i + 1 < argc && std::atoi(argv[i + 1]) > 0) {
      texts = static_cast<std::size_t>(std::atoi(argv[++i]));
    } else if (option == "--buddies" && i + 1 < argc && std::atoi(argv[i + 1]) > 0) {
      buddies = {static_cast<std::size_t>(std::atoi(argv[++i]))};
    } else {
      return bench::usage(2);
    }
  }
  const auto folder = std::filesystem::canonical("/proc/self/exe").parent_path();
  bench::print({{"", "OHIM", "bare TLS 1.3", "ratio"}});
  bench::print(bench::measure_texts(texts));
  bench::print(bench::measure_sign_on(buddies));
  bench::print(bench::measure_memory(folder));
  return 0;
}
