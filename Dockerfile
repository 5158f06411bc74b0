# bamarrow in an image, from the archive that `mvn package` has made:
#
#   docker build -t bamarrow .
#   docker build -t bamarrow --build-arg BASE=eclipse-temurin:25-jre .
#
# The base needs sh and Java 17 or newer (JAVA_HOME or PATH).
ARG BASE=eclipse-temurin:17-jre
FROM ${BASE}
USER 0:0
COPY bamarrow-cli/src/docker/entry-point /opt/entry-point
# Unpacked by the engine.
ADD bamarrow-cli/target/bamarrow-*.tar.gz /opt/
# The start-up archive, for the Java of the base.
RUN mkdir -p /usr/local/bin && ln -s /opt/bamarrow-*/bin/bamarrow /usr/local/bin/bamarrow && \
    bamarrow warm-up
# A number: it needs no entry in the base's list of users. Any other works as well (docker run -u).
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["/opt/entry-point"]
CMD ["--help"]
