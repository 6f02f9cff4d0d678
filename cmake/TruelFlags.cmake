# Flags of our own code; never passed on to those who link against truel.
# -ffp-contract=off: a fused multiply-add would make results depend on the compiler's mood.
# -fmacro-prefix-map: no message names a folder of the machine that built it.
add_library(truel_flags INTERFACE)
target_compile_features(truel_flags INTERFACE cxx_std_20)
# -Wmaybe-uninitialized: GCC 12 sees ghosts in std::variant at -O3.
target_compile_options(truel_flags INTERFACE -Wall -Wextra $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                       -ffp-contract=off -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/= $<$<BOOL:${TRUEL_WERROR}>:-Werror>)
# What reads bytes of others is guarded: an overwritten stack, or an overflow of a buffer whose size is known, ends the program.
set(truel_guards)
set(truel_link_guards)
if(NOT TRUEL_SANITIZE)
  list(APPEND truel_guards -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  set(truel_link_guards -Wl,-z,relro,-z,now)
endif()

if(CMAKE_UNITY_BUILD)
  # Of a file that is read together with others GCC thinks that it is a header.
  target_compile_options(truel_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

if(TRUEL_SANITIZE)
  # Left out is what the address sanitizer sees as well, and alignment, which the fuzz targets look at. What is found ends the
  # program: code that could go on behind every check takes a tenth longer to compile.
  add_compile_options(-fsanitize=${TRUEL_SANITIZE} -fno-sanitize=null,alignment,object-size,vptr -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TRUEL_SANITIZE})
  if(TRUEL_SANITIZE STREQUAL thread)
    add_compile_definitions(TRUEL_PLAIN_THREADS)
  endif()
endif()
