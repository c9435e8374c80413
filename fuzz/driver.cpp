// Runs a fuzz target without libFuzzer: every file of the corpus as it is, then so many mutations
// of them, which the seed decides. An input that ends the process is printed in hex.
//
//   fuzz_guard --mutations 200000 --seed 1 fuzz/corpus/guard [more files or folders]

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

using Input = std::vector<std::uint8_t>;

constexpr std::size_t kMaxInput = 4096;
Input current;

void print_current() {
  std::fprintf(stderr, "input of %zu bytes: ", current.size());
  for (const std::uint8_t byte : current) std::fprintf(stderr, "%02x", byte);
  std::fprintf(stderr, "\n");
}

void run(Input input) {
  current = std::move(input);
  LLVMFuzzerTestOneInput(current.data(), current.size());
}

class Mutator {
 public:
  Mutator(std::vector<Input> corpus, std::uint64_t seed)
      : corpus_(std::move(corpus)), random_(seed) {}

  Input next() {
    Input input = any_input();
    do mutate(input);
    while (below(2) == 0);
    if (input.size() > kMaxInput) input.resize(kMaxInput);
    return input;
  }

 private:
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
  std::uint8_t byte() { return static_cast<std::uint8_t>(random_()); }
  const Input& any_input() { return corpus_[below(corpus_.size())]; }
  std::uint8_t telling_byte() {
    static constexpr std::uint8_t kTelling[] = {0x00, 0x01, 0x7f, 0x80, 0x81, 0x90, 0x91, 0xc0,
                                                0xc4, 0xc6, 0xcf, 0xd3, 0xdb, 0xdd, 0xdf, 0xff};
    return kTelling[below(std::size(kTelling))];
  }

  void mutate(Input& input) {
    if (input.empty()) return input.push_back(byte());
    const std::size_t at = below(input.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(input.size() - at, 32));
    const auto begin = input.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = begin + static_cast<std::ptrdiff_t>(length);
    switch (below(8)) {
      case 0:
        *begin ^= static_cast<std::uint8_t>(1U << below(8));
        break;
      case 1:
        *begin = byte();
        break;
      case 2:
        *begin = telling_byte();
        break;
      case 3:
        input.insert(begin, telling_byte());
        break;
      case 4:
        input.erase(begin, end);
        break;
      case 5:
        repeat(input, at, Input(begin, end));
        break;
      case 6:
        splice(input, at);
        break;
      default:
        std::fill(begin, end, telling_byte());
        break;
    }
  }
  void repeat(Input& input, std::size_t at, const Input& piece) {
    input.insert(input.begin() + static_cast<std::ptrdiff_t>(at), piece.begin(), piece.end());
  }
  /// The head of one input and the tail of another.
  void splice(Input& input, std::size_t at) {
    const Input& other = any_input();
    if (other.empty()) return;
    input.resize(at);
    const auto from = static_cast<std::ptrdiff_t>(below(other.size()));
    input.insert(input.end(), other.begin() + from, other.end());
  }

  std::vector<Input> corpus_;
  std::mt19937_64 random_;
};

Input read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The files named, and those in folders named, by name.
std::vector<Input> read_corpus(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::filesystem::path> files;
  for (const auto& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(path)) files.push_back(entry);
  }
  std::sort(files.begin(), files.end());
  std::vector<Input> corpus;
  for (const auto& file : files) corpus.push_back(read_file(file));
  return corpus;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t mutations = 0;
  std::uint64_t seed = 1;
  std::vector<std::filesystem::path> paths;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--mutations") == 0 && i + 1 < argc) {
      mutations = std::strtoull(argv[++i], nullptr, 10);
    } else if (std::strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
      seed = std::strtoull(argv[++i], nullptr, 10);
    } else {
      paths.emplace_back(argv[i]);
    }
  }
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(print_current);

  std::vector<Input> corpus = read_corpus(paths);
  corpus.emplace_back();  // Nothing at all is an input, too.
  for (const Input& input : corpus) run(input);
  Mutator mutator(corpus, seed);
  for (std::uint64_t i = 0; i < mutations; ++i) run(mutator.next());
  std::printf("%zu inputs and %llu mutations with seed %llu: nothing found\n", corpus.size(),
              static_cast<unsigned long long>(mutations), static_cast<unsigned long long>(seed));
}
