# Compiles through ccache when it is installed; hits survive a move of the checkout.
find_program(CASEBRIDGE_CCACHE ccache)
if(CASEBRIDGE_CCACHE)
  foreach(language C CXX)
    set(CMAKE_${language}_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=time_macros
        ${CASEBRIDGE_CCACHE})
  endforeach()
endif()
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
find_program(CASEBRIDGE_LLD ld.lld)
if(CASEBRIDGE_LLD)
  add_link_options(-fuse-ld=lld)
endif()
