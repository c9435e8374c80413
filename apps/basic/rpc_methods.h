#pragma once
// The methods of the RPC contract: their names, what they take, and what they do.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "basic/client.h"
#include "gate.h"
#include "rpc.h"

struct Param {
  /// A JSON string; true or false; a whole number from 0 on; an array of strings.
  enum class Kind { text, flag, number, list };

  std::string_view name;
  bool required = true;
  Kind kind = Kind::text;
};

/// By name. A flag is "true" or "false", a number has its digits, a list is as JSON has it.
using Params = std::map<std::string, std::string, std::less<>>;
using Outcome = base::Result<nlohmann::json>;

struct Context {
  basic::Client& client;
  const RpcServer::Ports& ports;
};

struct Method {
  std::string_view name;
  std::vector<Param> params;
  std::string_view result;
  Gate::Pass pass;
  base::Task<Outcome> (*run)(Context, Params);
  bool ends_process = false;
};

const std::vector<Method>& methods();
/// Null if there is none of that name.
const Method* find_method(const std::string& name);

/// `{"to": ...}`, `["lisa", ...]` (in the order of the table) or nothing. `malformed`, with a
/// sentence that says what the method takes.
base::Result<Params> read_params(const Method& method, const nlohmann::json& given);
