#pragma once
// What the RPC contract says of people and nodes, as JSON. docs/rpc.md names the fields.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "basic/client.h"

/// One line. Bytes that are not UTF-8 become U+FFFD.
std::string dump(const nlohmann::json& value);

/// ISO 8601 in UTC; null for a time that is not known.
nlohmann::json time_to_json(base::WallTime time);

nlohmann::json to_json(const basic::Buddy& buddy);
nlohmann::json to_json(const std::vector<basic::Buddy>& buddies);
nlohmann::json to_json(const std::vector<basic::StoredText>& texts);
nlohmann::json to_json(const basic::Explanation& explanation);
nlohmann::json to_json(const basic::ModuleInfo& module);
nlohmann::json to_json(const std::vector<basic::Condition>& conditions);
nlohmann::json to_json(const basic::KeyChange& change);
/// `own_node`: the node that this process hosts, "" if none. Nodes that do not answer are told of
/// only if the user named them.
nlohmann::json to_json(const basic::Client::Status& status, const std::string& own_node,
                       bool nodes_named);
