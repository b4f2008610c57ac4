# What `cmake --install` puts where. Made for --prefix /usr, which config/production.yaml and the unit expect.
install(TARGETS casebridge-gateway casebridge RUNTIME DESTINATION bin)
install(DIRECTORY schemas states DESTINATION share/casebridge)
install(DIRECTORY config/messages config/passwords config/nginx DESTINATION share/casebridge/config)
install(FILES config/production.yaml config/README.md DESTINATION share/casebridge/config)
install(FILES config/systemd/casebridge.service DESTINATION lib/systemd/system)
install(FILES config/systemd/casebridge.sysusers.conf DESTINATION lib/sysusers.d RENAME casebridge.conf)
install(FILES README.md SECURITY.md LICENSE DESTINATION share/doc/casebridge)
# The page is built by tools/portal, not by CMake; without it the gateway serves the API alone.
install(DIRECTORY build/portal/site/ DESTINATION share/casebridge/portal OPTIONAL)
