# Builds the agent as one native program and puts it on a base that holds nothing else.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends clang zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/EdgeAgent/EdgeAgent.csproj -c Release -o /app \
    && rm -f /app/*.dbg /app/*.xml \
    && mkdir -p /data && chown 64198:64198 /data

# Debian's C library, CA certificates and time zones, no shell, no package manager; user "app" (64198).
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=64198:64198 /data /data
USER 64198
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/app/edgeagent"]
CMD ["run", "--config", "/config"]
