#include "module_switches.h"

#include <algorithm>

namespace basic {
namespace {

/// Not a module, but what all of them stand on; people look for it among them.
const ModuleInfo kLink{
    "link",
    "Notices within ten seconds when a buddy's machine is gone; without it nobody's state would be "
    "true, so it is always on.",
    true, true};

std::string key_of(const Module& module, std::string_view what) {
  return "module/" + std::string(module.name()) + "/" + std::string(what);
}
std::string key_of_setting(const Module& module, const std::string& key) {
  return key_of(module, "set/" + key);
}

}  // namespace

ModuleSwitches::ModuleSwitches(std::vector<Module*> modules, Profile& profile)
    : modules_(std::move(modules)), profile_(profile) {
  for (const Module* module : modules_) defaults_.push_back(module->settings());
}

void ModuleSwitches::open() {
  for (std::size_t i = 0; i < modules_.size(); ++i) restore(*modules_[i], defaults_[i]);
}

void ModuleSwitches::close() {
  off_.clear();
  for (std::size_t i = 0; i < modules_.size(); ++i) {
    for (const Setting& setting : defaults_[i]) (void)modules_[i]->set(setting.key, setting.value);
  }
}

void ModuleSwitches::restore(Module& module, const std::vector<Setting>& defaults) {
  off_.erase(&module);
  if (profile_.setting(key_of(module, "on")) == on_or_off(false)) off_.insert(&module);
  for (const Setting& setting : defaults) {
    const auto kept = profile_.setting(key_of_setting(module, setting.key));
    const bool fits = kept && check(setting, *kept);
    // What an earlier version of the module could be set to is no error.
    (void)module.set(setting.key, fits ? *kept : setting.value);
  }
}

std::vector<ModuleInfo> ModuleSwitches::list() const {
  std::vector<ModuleInfo> list{kLink};
  for (const Module* module : modules_) {
    list.push_back({std::string(module->name()), std::string(module->purpose()), on(*module), false,
                    module->settings()});
  }
  return list;
}

std::vector<Epoch> ModuleSwitches::spoken() const {
  std::vector<Epoch> spoken;
  for (const Module* module : modules_) {
    if (on(*module)) spoken.push_back(module->epoch());
  }
  return spoken;
}

base::Result<Module*> ModuleSwitches::find(const std::string& name) const {
  if (name == kLink.name) return base::fail(base::Errc::refused, "the link is always on");
  const auto found = std::ranges::find(modules_, name, &Module::name);
  if (found != modules_.end()) return *found;
  std::string all;
  for (const Module* module : modules_)
    all += (all.empty() ? "" : ", ") + std::string(module->name());
  return base::fail(base::Errc::malformed,
                    "there is no module '" + name.substr(0, 40) + "'; there are: " + all);
}

base::Task<base::Result<void>> ModuleSwitches::set_on(Module& module, bool on) {
  if (on) {
    off_.erase(&module);
  } else {
    off_.insert(&module);
  }
  return profile_.set_setting(key_of(module, "on"), on_or_off(on));
}

base::Result<void> ModuleSwitches::set(Module& module, const std::string& key,
                                       const std::string& value) {
  const std::vector<Setting> settings = module.settings();
  const auto setting = std::ranges::find(settings, key, &Setting::key);
  if (setting == settings.end()) {
    return base::fail(base::Errc::malformed, "'" + std::string(module.name()) +
                                                 "' has no setting '" + key.substr(0, 40) + "'");
  }
  const base::Result<void> fits = check(*setting, value);
  if (!fits) return fits;
  return module.set(key, value);
}

base::Task<base::Result<void>> ModuleSwitches::keep(const Module& module, const std::string& key,
                                                    const std::string& value) {
  return profile_.set_setting(key_of_setting(module, key), value);
}

}  // namespace basic
