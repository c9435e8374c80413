#include "faulty_disk.h"

#include <unistd.h>

#include <cstddef>
#include <new>
#include <string_view>
#include <utility>

namespace openhash {
namespace {

using Fault = FaultyDisk::Fault;

struct State {
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs ours{};
  Fault fault = Fault::none;
  std::uint64_t left = 0;
  bool for_ever = false;
  bool struck = false;
  std::string where;
};
State state;  // SQLite's interface is C: its functions know no object of ours

/// What happens to this call.
Fault next(std::string_view path, bool writes = false) {
  if (state.fault == Fault::none) return Fault::none;
  if (path.find(state.where) == std::string_view::npos) return Fault::none;
  if (state.fault == Fault::killed_amid && !writes) return Fault::none;
  if (state.left > 0) {
    --state.left;
    return Fault::none;
  }
  if (state.struck && !state.for_ever) return Fault::none;
  state.struck = true;
  if (state.fault == Fault::killed) ::_exit(FaultyDisk::kKilled);
  return state.fault;
}

/// SQLite's file, and behind it the real one's.
struct File {
  sqlite3_file base;
  std::string path;
  [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* file_of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
const sqlite3_io_methods& methods_of(sqlite3_file* file) {
  return *file_of(file)->real()->pMethods;
}

int read(sqlite3_file* file, void* data, int size, sqlite3_int64 at) {
  if (next(file_of(file)->path) != Fault::none) return SQLITE_IOERR_READ;
  return methods_of(file).xRead(file_of(file)->real(), data, size, at);
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
  const Fault fault = next(file_of(file)->path, true);
  const auto& real = methods_of(file);
  if (fault == Fault::none) return real.xWrite(file_of(file)->real(), data, size, at);
  if (fault == Fault::short_write || fault == Fault::killed_amid) {
    (void)real.xWrite(file_of(file)->real(), data, size / 2, at);
  }
  if (fault == Fault::killed_amid) ::_exit(FaultyDisk::kKilled);
  return fault == Fault::error ? SQLITE_IOERR_WRITE : SQLITE_FULL;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (next(file_of(file)->path) != Fault::none) return SQLITE_IOERR_TRUNCATE;
  return methods_of(file).xTruncate(file_of(file)->real(), size);
}

int sync(sqlite3_file* file, int flags) {
  if (next(file_of(file)->path) != Fault::none) return SQLITE_IOERR_FSYNC;
  return methods_of(file).xSync(file_of(file)->real(), flags);
}

int size_of(sqlite3_file* file, sqlite3_int64* size) {
  if (next(file_of(file)->path) != Fault::none) return SQLITE_IOERR_FSTAT;
  return methods_of(file).xFileSize(file_of(file)->real(), size);
}

int lock(sqlite3_file* file, int level) {
  if (next(file_of(file)->path) != Fault::none) return SQLITE_IOERR_LOCK;
  return methods_of(file).xLock(file_of(file)->real(), level);
}

// These cannot sensibly fail, or SQLite does not look.
int close(sqlite3_file* file) {
  const int code = methods_of(file).xClose(file_of(file)->real());
  file_of(file)->~File();
  return code;
}
int unlock(sqlite3_file* file, int level) {
  return methods_of(file).xUnlock(file_of(file)->real(), level);
}
int check_lock(sqlite3_file* file, int* taken) {
  return methods_of(file).xCheckReservedLock(file_of(file)->real(), taken);
}
int control(sqlite3_file* file, int what, void* argument) {
  return methods_of(file).xFileControl(file_of(file)->real(), what, argument);
}
int sector_size(sqlite3_file* file) { return methods_of(file).xSectorSize(file_of(file)->real()); }
int characteristics(sqlite3_file* file) {
  return methods_of(file).xDeviceCharacteristics(file_of(file)->real());
}

/// Version 1: without shared memory, which the journal must not need.
constexpr sqlite3_io_methods kMethods{
    1,       close,      read,    write,       truncate,        sync,    size_of, lock,
    unlock,  check_lock, control, sector_size, characteristics, nullptr, nullptr, nullptr,
    nullptr, nullptr,    nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  file->pMethods = nullptr;
  const std::string path = name != nullptr ? name : "";  // SQLite's own scratch files have none
  const Fault fault = next(path);
  if (fault != Fault::none) return fault == Fault::full ? SQLITE_FULL : SQLITE_CANTOPEN;
  File* const ours = new (file) File{{}, path};
  const int code = state.real->xOpen(state.real, name, ours->real(), flags, out);
  if (ours->real()->pMethods != nullptr) {
    ours->base.pMethods = &kMethods;
  } else {
    ours->~File();
    file->pMethods = nullptr;
  }
  return code;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  if (next(name) != Fault::none) return SQLITE_IOERR_DELETE;
  return state.real->xDelete(state.real, name, sync_folder);
}

int access(sqlite3_vfs*, const char* name, int flags, int* result) {
  if (next(name) != Fault::none) return SQLITE_IOERR_ACCESS;
  return state.real->xAccess(state.real, name, flags, result);
}

}  // namespace

FaultyDisk::FaultyDisk() {
  state = {};
  state.real = sqlite3_vfs_find(nullptr);
  state.ours = *state.real;
  state.ours.zName = "faulty";
  state.ours.szOsFile = static_cast<int>(sizeof(File)) + state.real->szOsFile;
  state.ours.xOpen = open;
  state.ours.xDelete = remove;
  state.ours.xAccess = access;
  sqlite3_vfs_register(&state.ours, 1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&state.ours);
  sqlite3_vfs_register(state.real, 1);
}

void FaultyDisk::strike(Fault fault, std::uint64_t count, bool for_ever, std::string where) {
  state.where = std::move(where);
  state.fault = fault;
  state.left = count;
  state.for_ever = for_ever;
  state.struck = false;
}

bool FaultyDisk::struck() const { return state.struck; }

}  // namespace openhash
