# bamarrow in an image, from the archive that `mvn package` has made:
#
#   docker build -t bamarrow .
#   docker build -t bamarrow --build-arg BASE=eclipse-temurin:25-jre .
#
# The base needs Java 17 or newer (JAVA_HOME or PATH) and sh. Two layers are added: bamarrow, and the
# start-up archive for the Java of the base.
ARG BASE=eclipse-temurin:17-jre

FROM scratch AS unpacked
ADD bamarrow-cli/target/bamarrow-*.tar.gz /

FROM ${BASE}
USER 0:0
COPY --from=unpacked /bamarrow-* /opt/bamarrow/
COPY bamarrow-cli/src/docker/ /opt/bamarrow/docker/
RUN mkdir -p /usr/local/bin && ln -s /opt/bamarrow/bin/bamarrow /usr/local/bin/bamarrow && \
    bamarrow warm-up
# A number: it needs no entry in the base's list of users. Any other works as well (docker run -u).
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["/opt/bamarrow/docker/entry-point"]
CMD ["--help"]
