# Warnings are errors; every flag names the kind of bug it has caught elsewhere.
add_library(casebridge_warnings INTERFACE)
target_compile_options(casebridge_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Werror
  -Wshadow            # an inner name that hides an outer one
  -Wconversion        # a count that silently loses bits
  -Wsign-conversion   # a negative length that becomes huge
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>   # deleting through a base
  $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual> # an override that is none
  -Wformat=2          # a format string that is data
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage> # unity: GCC takes an included .cpp for a header
  # GCC 12 reports std::optional wrongly at -O2.
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-error=maybe-uninitialized>)
