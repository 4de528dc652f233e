# syntax=docker/dockerfile:1
# The server in production: node alone, as an unprivileged user. deploy/compose.yaml runs it with PostgreSQL.
FROM node:26-slim AS build
WORKDIR /src
COPY . .
ARG GIT_COMMIT
RUN node scripts/bootstrap.mjs serve
RUN npm run build:production -- --out /app

FROM node:26-slim
ENV NODE_ENV=production TOLLGATE_HOST=0.0.0.0 TOLLGATE_DATA_DIR=/data
RUN mkdir /data && chown 1000:1000 /data
COPY --from=build /app /app
WORKDIR /app
USER 1000:1000
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=32", "/app/server.js"]
