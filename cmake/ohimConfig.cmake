# find_package(ohim): targets ohim::base, ohim::openhash, ohim::openhash_gateway (the table over HTTP:
# GatewayStore, NamedNodes, Server), ohim::ohim, ohim::basic_client (the whole client), and for tests
# ohim::testing, ohim::sim_store, ohim::sim_town. They want C++20.
include(CMakeFindDependencyMacro)
find_dependency(PkgConfig)
find_dependency(Threads)
find_dependency(OpenSSL 3.0)
find_dependency(SQLite3)
find_dependency(nlohmann_json)
pkg_check_modules(SODIUM REQUIRED QUIET IMPORTED_TARGET libsodium)
pkg_check_modules(OPENDHT REQUIRED QUIET IMPORTED_TARGET opendht)
include(${CMAKE_CURRENT_LIST_DIR}/ohimTargets.cmake)
