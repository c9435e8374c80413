#pragma once
// What exists only while a user is signed on, and how it is fetched.

#include <functional>
#include <optional>

#include "commit_queue.h"
#include "keys.h"
#include "list_store.h"
#include "password.h"
#include "publisher.h"
#include "watcher.h"

namespace ohim {

/// What a session asks of the engine beside what its watcher does.
class SessionHost : public WatcherHost {
 public:
  [[nodiscard]] virtual base::Bytes list_bytes() = 0;
  /// Another machine of the user stored this list; see BuddyList::merge().
  virtual base::Result<void> merge_list(const base::Bytes& theirs) = 0;
  [[nodiscard]] virtual base::Bytes location_bytes() = 0;
  virtual void signed_on_elsewhere(bool elsewhere) = 0;
  virtual void location_refused(const base::Error& error) = 0;
};

/// Records that a sign-on found, and that must not be allowed to expire.
struct StoredRecords {
  openhash::Record vault;
  openhash::Record claim;
  openhash::Record list;
};

class Session {
 public:
  Session(base::World& world, openhash::Store& store, SessionHost& host,
          const PresenceOptions& options, UserKeys keys);

  [[nodiscard]] const UserKeys& keys() const { return keys_; }
  ListStore& list() { return list_; }
  /// Stores the list as it is now, merged with what another machine stored since.
  base::Task<base::Result<void>> commit();
  /// Completes when nothing is left to store.
  base::Task<base::Result<void>> drained() { return commits_.drained(); }
  Publisher& publisher() { return publisher_; }
  Watcher* watcher() { return watcher_.get(); }

  /// Renews in the background what will expire: the claim each time, the rest when it has aged
  /// or does not stand at all of its keys.
  void renew(StoredRecords found, PasswordKeys password_keys);
  /// Ends watching and renewing. Not from inside one of the session's own callbacks.
  void stop();

 private:
  base::Task<base::Result<void>> save_list();
  /// While she is signed on elsewhere, too: what is stored there is taken in as it comes.
  void follow_list(bool elsewhere);
  base::Task<void> take_in_list(std::optional<openhash::Record> news);
  base::Task<bool> is_due(openhash::ReplicaKeys keys, openhash::Record record);
  base::Task<void> renew_all(StoredRecords found, PasswordKeys password_keys);

  base::World& world_;
  openhash::Store& store_;
  SessionHost& host_;
  UserKeys keys_;
  ListStore list_;
  Publisher publisher_;
  CommitQueue commits_;
  bool wanted_ = false;    // the list was changed here: the next save has to store it
  bool renewing_ = false;  // or it has aged
  std::unique_ptr<openhash::Watch> list_watch_;
  std::unique_ptr<Watcher> watcher_;
  base::Tasks tasks_;
};

/// What name and password open.
struct Opened {
  std::unique_ptr<Session> session;
  base::Bytes list;
  StoredRecords found;
};

/// Fetches keys and list. wrong_password, no_such_user, store_unavailable. All borrowed arguments
/// outlive the session; `password_keys` the task.
base::Task<base::Result<Opened>> open_session(base::World& world, openhash::Store& store,
                                              SessionHost& host, const PresenceOptions& options,
                                              Name name, const PasswordKeys& password_keys);

}  // namespace ohim
