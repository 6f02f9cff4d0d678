# truel and the libraries that it needs, from this checkout.
#
#   docker build -t truel .
#   docker run --rm truel run /usr/share/truel/scenarios/syria-2016 --runs 100
#   docker run --rm -v "$PWD":/work --user "$(id -u)" truel run my-war --out results
ARG BASE=debian:12-slim
FROM ${BASE} AS build
COPY . /truel
WORKDIR /truel
# The first command of the README: installs what is missing, builds, runs the reference scenario. Then the Debian package.
RUN ./demo \
 && tools/install_packages.sh debian \
 && cpack -G DEB --config build/release/CPackConfig.cmake -B /package

FROM ${BASE}
COPY --from=build /package/*.deb /tmp/
RUN apt-get update \
 && apt-get install --yes --no-install-recommends /tmp/*.deb \
 && rm -rf /var/lib/apt/lists/* /tmp/*.deb \
 && useradd --create-home analyst \
 && install --directory --owner analyst --group analyst /work
USER analyst
WORKDIR /work
ENTRYPOINT ["truel"]
