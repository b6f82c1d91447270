# The portal for production: web, worker and beat run from this one image.
FROM node:22-bookworm-slim AS styles
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-fund --no-audit --ignore-scripts

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data PATH=/portal/.venv/bin:$PATH
WORKDIR /portal
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv .venv \
    && .venv/bin/pip install --require-hashes --no-deps -r requirements-uv.lock \
    && .venv/bin/uv pip install --require-hashes --python .venv/bin/python -r requirements.lock
COPY . .
COPY --from=styles /portal/node_modules node_modules
# The files that nginx sends are for their owner and group alone, and 101 is the group of nginx in
# its own image.
# A database address of any kind keeps the embedded server out of the image's making.
RUN python scripts/vendor_static.py \
    && python scripts/compile_messages.py jbn_oversight/locale/nl/LC_MESSAGES/django.po \
    && SECRET_KEY=collecting DATA_DIR=/tmp/data DATABASE_URL=postgresql://none/none \
       python manage.py collectstatic --noinput -v0 \
    && rm -rf node_modules /tmp/data \
    && groupadd --system --non-unique --gid 101 portal \
    && useradd --system --uid 10001 --gid portal --create-home portal \
    && mkdir -p /data && chown portal:portal /data
USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "jbn_oversight.wsgi"]
