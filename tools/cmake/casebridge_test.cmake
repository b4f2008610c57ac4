# One GoogleTest binary per mirrored room, registered with CTest as one test.
#   casebridge_test(NAME base_test SOURCES ... LINKS casebridge::base ... LABELS unit)
if(CASEBRIDGE_TESTS)
  find_package(GTest REQUIRED)
endif()
function(casebridge_test)
  cmake_parse_arguments(T "" "NAME;TIMEOUT" "SOURCES;LINKS;LABELS;ENVIRONMENT;DEFINES" ${ARGN})
  add_executable(${T_NAME} ${T_SOURCES})
  target_include_directories(${T_NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${T_NAME} PRIVATE
    ${T_LINKS} casebridge_warnings GTest::gtest GTest::gmock GTest::gtest_main)
  # Test files name their own small things, so they are not joined. Unoptimised, they compile twice as fast.
  set_target_properties(${T_NAME} PROPERTIES UNITY_BUILD OFF)
  if(CASEBRIDGE_SANITIZE)
    target_compile_options(${T_NAME} PRIVATE -O0)
  endif()
  target_compile_definitions(${T_NAME} PRIVATE
    CASEBRIDGE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" CASEBRIDGE_BUILD_DIR="${CMAKE_BINARY_DIR}" ${T_DEFINES})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 120)
  endif()
  if(NOT T_LABELS)
    set(T_LABELS unit)
  endif()
  add_test(NAME ${T_NAME} COMMAND ${T_NAME} WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  set_tests_properties(${T_NAME} PROPERTIES
    TIMEOUT ${T_TIMEOUT} LABELS "${T_LABELS}" ENVIRONMENT "${T_ENVIRONMENT}")
endfunction()
