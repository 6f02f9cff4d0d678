# Builds the engine as a WebAssembly module (wasm/) and puts it, packed, into the library, for reports that answer by themselves.
# Its compiler is another than the program's: where Debian's clang-22 for WebAssembly is not here, reports go without, and CMake says so.
function(truel_embed_engine source)
  find_program(TRUEL_WASM_COMPILER clang++-22)
  find_program(TRUEL_WASM_LINKER wasm-ld-22)
  find_file(TRUEL_WASM_LIBRARY wasm32-wasi/c++/v1/version PATHS /usr/include NO_DEFAULT_PATH)
  if(NOT TRUEL_BUILD_REPORT OR NOT TRUEL_BUILD_ENGINE)
    return()
  elseif(NOT TRUEL_WASM_COMPILER OR NOT TRUEL_WASM_LINKER OR NOT TRUEL_WASM_LIBRARY)
    message(STATUS "Reports will not answer \"what if\": Debian's clang-22 for WebAssembly is not here (tools/install_packages.sh wasm)")
    return()
  endif()
  find_program(TRUEL_NODE NAMES node nodejs REQUIRED)
  set(build ${PROJECT_BINARY_DIR}/wasm)
  set(packed ${build}/engine.txt)
  set(options -DCMAKE_TOOLCHAIN_FILE=${PROJECT_SOURCE_DIR}/wasm/toolchain.cmake)
  if(CMAKE_CXX_COMPILER_LAUNCHER)
    list(APPEND options -DCMAKE_C_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER} -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER})
  endif()
  file(GLOB_RECURSE parts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*.[ch]pp ${PROJECT_SOURCE_DIR}/server/*.[ch]pp ${PROJECT_SOURCE_DIR}/wasm/*)
  add_custom_command(
    OUTPUT ${packed}
    COMMAND ${CMAKE_COMMAND} -S ${PROJECT_SOURCE_DIR}/wasm -B ${build} -G Ninja ${options}
    COMMAND ${CMAKE_COMMAND} --build ${build}
    COMMAND ${TRUEL_NODE} ${PROJECT_SOURCE_DIR}/wasm/pack.mjs ${build}/engine.wasm ${packed}
    DEPENDS ${parts}
    COMMENT "Building the engine as WebAssembly" VERBATIM)
  set_property(SOURCE ${source} APPEND PROPERTY OBJECT_DEPENDS ${packed})
  set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS TRUEL_ENGINE_MODULE="${packed}")
endfunction()
