set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
                    -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # clang 14 with libstdc++ 12; function: its UBSan check misfires on C callbacks.
  add_compile_definitions(ASIO_HAS_CO_AWAIT=1 ASIO_HAS_STD_COROUTINE=1)
endif()

set(OHIM_SANITIZE "" CACHE STRING "empty, 'address,undefined' or 'thread'")
if(OHIM_SANITIZE)
  add_compile_options(-fsanitize=${OHIM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${OHIM_SANITIZE})
  if(OHIM_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr,null,alignment)  # halves the compile time
  endif()
  if(OHIM_SANITIZE MATCHES "thread")
    add_compile_definitions(ASIO_DISABLE_FENCED_BLOCK)  # gcc's TSan does not know fences
  endif()
else()
  add_compile_definitions($<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
  add_link_options(-Wl,-z,relro,-z,now)
endif()

find_program(OHIM_CCACHE ccache)
if(OHIM_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${OHIM_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${OHIM_CCACHE})
endif()
find_program(OHIM_MOLD mold)
if(OHIM_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
