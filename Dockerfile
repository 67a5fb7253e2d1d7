# Builds the agent as one native program and puts it into an image that holds nothing else.
#
# Both stages come from one ordinary distribution image. Behind a firewall, name the copy of your own mirror:
#   docker build --build-arg BASE=mirror.example/ubuntu:24.04 .
ARG BASE=ubuntu:24.04

FROM ${BASE} AS build
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        dotnet-sdk-10.0 clang zlib1g-dev libssl3 ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/EdgeAgent/EdgeAgent.csproj -c Release -o /app

# The root of the final image: the program, the libraries it loads, certificates and time zones.
RUN deploy/collect-root /app /image

FROM scratch
COPY --from=build /image /
USER 64198:64198
VOLUME /data
ENTRYPOINT ["/usr/bin/edgeagent"]
CMD ["run", "--config", "/config"]
