# Builds the page of a report with npm and puts it into the library, so that an installed truel needs no file beside it.
# The packages of the lock file are installed once for all build trees, the page is built into this one.
function(truel_embed_report source)
  if(NOT TRUEL_BUILD_REPORT)
    return()
  endif()
  find_program(TRUEL_NPM npm)
  if(NOT TRUEL_NPM)
    message(FATAL_ERROR "The report page is built with npm, which is not here. Install it (Debian: apt install npm), "
                        "or build without the page: -DTRUEL_BUILD_REPORT=OFF.")
  endif()
  set(web ${PROJECT_SOURCE_DIR}/web)
  set(installed ${web}/node_modules/.package-lock.json)
  set(page ${CMAKE_CURRENT_BINARY_DIR}/page/report.html)
  # Exactly what the lock file says, and no code of a package runs while it is installed. esbuild alone has a script for
  # that, which only spares its program a detour.
  add_custom_command(
    OUTPUT ${installed}
    COMMAND ${TRUEL_NPM} ci --ignore-scripts --no-audit --no-fund --no-progress --loglevel error
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS ${web}/package.json ${web}/package-lock.json
    WORKING_DIRECTORY ${web}
    COMMENT "Installing what the report page is built with" VERBATIM)
  file(GLOB_RECURSE parts CONFIGURE_DEPENDS ${web}/src/* ${web}/build/* ${PROJECT_SOURCE_DIR}/wasm/engine.*)
  add_custom_command(
    OUTPUT ${page}
    COMMAND ${TRUEL_NPM} run --silent build -- --logLevel warn --emptyOutDir --outDir ${CMAKE_CURRENT_BINARY_DIR}/page
    DEPENDS ${installed} ${web}/report.html ${web}/vite.config.ts ${web}/tsconfig.json ${parts}
    WORKING_DIRECTORY ${web}
    COMMENT "Building the report page" VERBATIM)
  set_property(SOURCE ${source} APPEND PROPERTY OBJECT_DEPENDS ${page})
  set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS TRUEL_REPORT_TEMPLATE="${page}")
endfunction()
