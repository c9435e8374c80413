#pragma once
// Which modules are switched on and what of them is set, kept in the user's profile under
// "module/<name>/on" and "module/<name>/set/<key>".

#include <set>

#include "basic/module.h"
#include "basic/module_info.h"
#include "basic/profile.h"

namespace basic {

class ModuleSwitches {
 public:
  /// All borrowed. As the modules are set now, so a new user finds them.
  ModuleSwitches(std::vector<Module*> modules, Profile& profile);

  /// The profile was opened: all is as its user left it.
  void open();
  /// It is in use no more: all is as a new user finds it.
  void close();

  [[nodiscard]] std::vector<ModuleInfo> list() const;
  [[nodiscard]] bool on(const Module& module) const { return !off_.contains(&module); }
  /// Epochs of those that are switched on.
  [[nodiscard]] std::vector<Epoch> spoken() const;

  /// malformed: there is none; refused: it cannot be switched off, and nothing of it can be set.
  [[nodiscard]] base::Result<Module*> find(const std::string& name) const;
  /// on() says it at once; completes when it is on disk.
  base::Task<base::Result<void>> set_on(Module& module, bool on);
  /// At once. malformed, or what the module says.
  base::Result<void> set(Module& module, const std::string& key, const std::string& value);
  /// Completes when it is on disk.
  base::Task<base::Result<void>> keep(const Module& module, const std::string& key,
                                      const std::string& value);

 private:
  void restore(Module& module, const std::vector<Setting>& defaults);

  std::vector<Module*> modules_;
  std::vector<std::vector<Setting>> defaults_;  // of each
  Profile& profile_;
  std::set<const Module*> off_;
};

}  // namespace basic
