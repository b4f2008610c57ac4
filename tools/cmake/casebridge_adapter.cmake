# One MODULE per adapter: hidden symbols, no undefined ones, its manifest beside it.
#   casebridge_adapter(texas_icop SOURCES ... LINKS ...)
#   makes build/<preset>/plugins/texas_icop/{texas_icop.so,manifest.yaml}, and installs both.
# NOT_INSTALLED: one to be read, not to be run.
function(casebridge_adapter name)
  cmake_parse_arguments(ADAPTER "NOT_INSTALLED" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} MODULE ${ADAPTER_SOURCES})
  set_target_properties(${name} PROPERTIES
    PREFIX "" CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins/${name})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE casebridge_warnings casebridge_adapter_sdk ${ADAPTER_LINKS})
  # Symbols unique in the whole process would tie two versions of an adapter together.
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  # Static parts of the gateway inside the module stay private to it.
  target_link_options(${name} PRIVATE -Wl,-Bsymbolic -Wl,--exclude-libs,ALL)
  if(NOT CASEBRIDGE_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  configure_file(${CMAKE_CURRENT_SOURCE_DIR}/manifest.yaml
                 ${CMAKE_BINARY_DIR}/plugins/${name}/manifest.yaml COPYONLY)
  if(NOT ADAPTER_NOT_INSTALLED)
    install(TARGETS ${name} LIBRARY DESTINATION lib/casebridge/plugins/${name})
    install(FILES ${CMAKE_CURRENT_SOURCE_DIR}/manifest.yaml DESTINATION lib/casebridge/plugins/${name})
  endif()
endfunction()
