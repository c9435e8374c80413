# ohim_library(<name> SOURCES ... [PUBLIC ...] [PRIVATE ...])
#   A part: include/ is what others see, src/ is not.
function(ohim_library name)
  cmake_parse_arguments(PART "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${PART_SOURCES})
  target_include_directories(${name}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include/ohim>
    PRIVATE src)
  target_link_libraries(${name} PUBLIC ${PART_PUBLIC} PRIVATE ${PART_PRIVATE})
endfunction()

# ohim_program(<name> SOURCES ... LIBRARIES ...)
function(ohim_program name)
  cmake_parse_arguments(PART "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${PART_SOURCES})
  target_link_libraries(${name} PRIVATE ${PART_LIBRARIES})
endfunction()

# ohim_test(<name> LABELS <label> SOURCES ... LIBRARIES ... [TIMEOUT seconds] [PRIVATE_OF <folder>])
#   One GoogleTest program, one ctest entry. PRIVATE_OF gives a unit test sight of that folder's src/.
function(ohim_test name)
  cmake_parse_arguments(PART "" "TIMEOUT;LABELS;PRIVATE_OF" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT PART_TIMEOUT)
    set(PART_TIMEOUT 120)
  endif()
  add_executable(${name} ${PART_SOURCES})
  target_link_libraries(${name} PRIVATE ${PART_LIBRARIES} GTest::gtest GTest::gtest_main)
  if(PART_PRIVATE_OF)
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/${PART_PRIVATE_OF}/src)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${PART_LABELS}" TIMEOUT ${PART_TIMEOUT})
endfunction()
