#include "private_memory.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

void keep_memory_private() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__)  // whose leak check must look at the process
  prctl(PR_SET_DUMPABLE, 0);
#endif
  umask(077);
}
