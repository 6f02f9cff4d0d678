# truel_build_identity(TARGET): gives the library the name of its build (truel/base/build.hpp). Warnings, debug
# information and paths of the machine do not change what it computes, and are left out.
function(truel_build_identity target)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}} ${TRUEL_SANITIZE}")
  list(FILTER flags EXCLUDE REGEX "^-(W|g|D|I|pipe)|/")
  list(JOIN flags " " flags)
  set(how "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_SYSTEM_NAME} ${CMAKE_SYSTEM_PROCESSOR} ${flags} \
SUNDIALS ${SUNDIALS_VERSION} Boost ${Boost_VERSION}")
  set(out ${CMAKE_CURRENT_BINARY_DIR}/build_identity.cpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/build_identity.cmake)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/truel/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/truel/*.hpp)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DSOURCES=${CMAKE_CURRENT_SOURCE_DIR} "-DHOW=${how}" -P ${script}
    DEPENDS ${script} ${sources}
    COMMENT "Naming the build" VERBATIM)
  set_source_files_properties(${out} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${out})
endfunction()
