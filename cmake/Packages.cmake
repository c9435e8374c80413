# Debian packages: cmake --build build/release, then cpack --config build/release/CPackConfig.cmake
#   openhash      storage node, tool, systemd unit
#   basic         client for terminals and scripts
#   basic-window  its window, which needs Qt
#   libohim-dev   all parts as static libraries with their headers, and ohim-town
include(GNUInstallDirs)
set(packaging ${CMAKE_SOURCE_DIR}/packaging)

# ohim_install_packed(<file> <component> <destination>): compressed, as Debian has such files.
function(ohim_install_packed file component destination)
  cmake_path(GET file FILENAME name)
  set(packed ${CMAKE_BINARY_DIR}/packed/${component}/${name}.gz)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/packed/${component})
  file(ARCHIVE_CREATE OUTPUT ${packed} PATHS ${file} FORMAT raw COMPRESSION GZip
       COMPRESSION_LEVEL 9 MTIME "1970-01-01")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  install(FILES ${packed} DESTINATION ${destination} COMPONENT ${component})
endfunction()

# ohim_install_manual(<component> <page>)
function(ohim_install_manual component page)
  cmake_path(GET page EXTENSION section)
  string(REPLACE . man folder ${section})
  ohim_install_packed(${CMAKE_SOURCE_DIR}/docs/man/${page} ${component}
                      ${CMAKE_INSTALL_MANDIR}/${folder})
endfunction()

install(TARGETS openhash_tool openhashd COMPONENT openhash)
install(FILES ${packaging}/openhashd.service DESTINATION lib/systemd/system COMPONENT openhash)
install(FILES ${packaging}/openhashd.conf DESTINATION /etc/openhash COMPONENT openhash)
ohim_install_manual(openhash openhashd.8)
ohim_install_manual(openhash openhash.1)

install(TARGETS basic COMPONENT basic)
ohim_install_manual(basic basic.1)
set(components openhash basic libohim-dev)
if(OHIM_WINDOW)
  install(TARGETS basic-window COMPONENT basic-window)
  ohim_install_manual(basic-window basic-window.1)
  list(APPEND components basic-window)
endif()

# The libraries lie in folders of their own: their names (base, testing) are nobody's alone.
install(TARGETS base tls openhash openhash_gateway ohim basic_core basic_modules basic_client
                testing sim_store sim_town
        EXPORT ohim ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}/ohim COMPONENT libohim-dev)
foreach(part base tls openhash openhash/gateway ohim basic/core basic/modules basic/client testing)
  install(DIRECTORY ${part}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ohim
          COMPONENT libohim-dev)
endforeach()
install(EXPORT ohim NAMESPACE ohim:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/ohim
        FILE ohimTargets.cmake COMPONENT libohim-dev)
install(FILES ${CMAKE_SOURCE_DIR}/cmake/ohimConfig.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/ohim COMPONENT libohim-dev)
install(TARGETS ohim-town COMPONENT libohim-dev)
ohim_install_manual(libohim-dev ohim-town.1)

foreach(component ${components})
  install(FILES ${packaging}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${component}
          COMPONENT ${component})
  ohim_install_packed(${packaging}/debian/changelog ${component}
                      ${CMAKE_INSTALL_DATADIR}/doc/${component})
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The OHIM authors <ohim@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_COMPONENTS_ALL ${components})
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# ohim_package(<component> SECTION ... SUMMARY ... TEXT ... [DEPENDS ...] [RECOMMENDS ...])
macro(ohim_package component)
  cmake_parse_arguments(PACKAGE "" "SECTION;SUMMARY;TEXT;DEPENDS;RECOMMENDS" "" ${ARGN})
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${component})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${PACKAGE_SECTION})
  set(CPACK_DEBIAN_${upper}_DESCRIPTION "${PACKAGE_SUMMARY}\n${PACKAGE_TEXT}")
  set(CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS "${PACKAGE_DEPENDS}")
  set(CPACK_DEBIAN_${upper}_PACKAGE_RECOMMENDS "${PACKAGE_RECOMMENDS}")
endmacro()

ohim_package(openhash SECTION net
  SUMMARY "public hash table of signed records: storage node and tool"
  TEXT "A storage node keeps signed records for others and answers who asks for\nthem. Nobody can overwrite what another has stored."
  RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_OPENHASH_PACKAGE_CONTROL_EXTRA
    ${packaging}/debian/postinst ${packaging}/debian/prerm ${packaging}/debian/postrm
    ${packaging}/debian/conffiles)
ohim_package(basic SECTION net
  SUMMARY "instant messages without servers, for terminals and scripts"
  TEXT "Who is on line stands in a public distributed hash table; texts go\nstraight from one machine to the other, encrypted."
  RECOMMENDS basic-window)
ohim_package(basic-window SECTION net
  SUMMARY "instant messages without servers: the window"
  TEXT "The window of Basic, with Qt."
  DEPENDS "basic (= ${PROJECT_VERSION})"
  RECOMMENDS "fonts-inter, fonts-noto-color-emoji, qt6-wayland")
ohim_package(libohim-dev SECTION libdevel
  SUMMARY "presence detection and hash table of OHIM, to build on"
  TEXT "Headers and static libraries of the parts of OHIM, from the hash table to a\nwhole client without a face, and the simulated world to test one's own in."
  DEPENDS "pkg-config, libopendht-dev, libssl-dev, libsodium-dev, libsqlite3-dev, libzxcvbn-dev, libfmt-dev, libgnutls28-dev, nlohmann-json3-dev, libhttp-parser-dev, libwslay-dev")
include(CPack)
