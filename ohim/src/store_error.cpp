#include "store_error.h"

#include "ohim/errc.h"

namespace ohim {

bool is_unavailable(const base::Error& error) {
  return error.code == base::Errc::unreachable || error.code == base::Errc::timed_out ||
         error.code == base::Errc::closed || error.code == Errc::store_unavailable;
}

base::Error store_error(const base::Error& error, std::string_view doing) {
  if (error.code == Errc::store_unavailable) return error;
  if (is_unavailable(error)) {
    return base::fail(Errc::store_unavailable,
                      "no OpenHash node answered while " + std::string(doing) +
                          "; nothing was lost. Check the network and the nodes given, then try "
                          "again");
  }
  return base::fail(error.code, "while " + std::string(doing) + ": " + error.message());
}

}  // namespace ohim
