# Each basic_<language>.ts here becomes :/translations/basic_<language>.qm inside basic_gui. Without
# lrelease (package qt6-l10n-tools) the window speaks English only, with clumsy plurals: those are
# what basic_en.ts has.
find_program(OHIM_LRELEASE lrelease HINTS /usr/lib/qt6/bin NO_CACHE)
set(OHIM_LANGUAGES de en)

if(OHIM_LRELEASE)
  foreach(language IN LISTS OHIM_LANGUAGES)
    set(source ${CMAKE_CURRENT_LIST_DIR}/basic_${language}.ts)
    set(compiled ${CMAKE_CURRENT_BINARY_DIR}/basic_${language}.qm)
    add_custom_command(
      OUTPUT ${compiled}
      COMMAND ${OHIM_LRELEASE} -silent ${source} -qm ${compiled}
      DEPENDS ${source}
      VERBATIM)
    list(APPEND OHIM_COMPILED_TRANSLATIONS ${compiled})
  endforeach()
  qt_add_resources(basic_gui translations
    PREFIX /translations BASE ${CMAKE_CURRENT_BINARY_DIR} FILES ${OHIM_COMPILED_TRANSLATIONS})
else()
  message(STATUS "lrelease is missing (package qt6-l10n-tools): the window will speak English only")
endif()
