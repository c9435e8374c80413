# Puts the files of the status page into page_files.cpp.
foreach(file html css js svg)
  set(path ${CMAKE_CURRENT_SOURCE_DIR}/page/status.${file})
  file(READ ${path} page_status_${file})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
endforeach()
configure_file(page_files.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/page_files.cpp @ONLY)
