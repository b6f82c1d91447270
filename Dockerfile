# The portal for production: web, worker and beat run from this one image. What is needed to make
# it (npm, pip, uv) stays in the stages before; .dockerignore says what goes in at all.
FROM node:22-bookworm-slim AS styles
# Where packages come through a proxy with a certificate of its own: mount the certificates into
# the build and name them here and below with --build-arg. Nothing of it stays in the image.
ARG NODE_EXTRA_CA_CERTS
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-fund --no-audit --ignore-scripts

FROM python:3.13-slim-bookworm AS packages
ARG PIP_CERT
ARG SSL_CERT_FILE
WORKDIR /portal
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /tools \
    && /tools/bin/pip install --require-hashes --no-deps -r requirements-uv.lock \
    && python -m venv --without-pip /venv \
    && UV_PYTHON_DOWNLOADS=never /tools/bin/uv pip install --require-hashes --compile-bytecode \
       --no-cache --python /venv/bin/python -r requirements.lock

FROM packages AS made
ENV PATH=/venv/bin:$PATH
COPY . .
COPY --from=styles /portal/node_modules node_modules
# A database address of any kind keeps Django from starting one. Whatever the modes of the files
# in the folder that this was made from, whoever runs the portal may read them and change none.
RUN python scripts/vendor_static.py \
    && python scripts/compile_messages.py \
    && SECRET_KEY=collecting DATA_DIR=/tmp/data DATABASE_URL=postgresql://none/none \
       python manage.py collectstatic --noinput -v0 \
    && rm -r node_modules scripts package.json package-lock.json .npmrc requirements*.lock \
    && python -m compileall -q manage.py jbn_oversight cases certification audits reports \
    && chmod -R u=rwX,go=rX /portal

FROM python:3.13-slim-bookworm
COPY deploy/packages.txt /tmp/packages.txt
RUN apt-get update \
    && apt-get install -y --no-install-recommends $(awk '$1 == "run" { print $2 }' /tmp/packages.txt) \
    && rm -rf /var/lib/apt/lists/* /tmp/packages.txt \
    && python -c "import pathlib, shutil, sysconfig as s; \
       each = [pathlib.Path(s.get_path('stdlib'), 'ensurepip'), \
               *pathlib.Path(s.get_path('purelib')).glob('pip*')]; \
       [shutil.rmtree(path) for path in each if path.is_dir()]" \
    && rm -f /usr/local/bin/pip*
# The files that nginx sends are for their owner and group alone, and 101 is the group of nginx in
# its own image.
RUN groupadd --system --non-unique --gid 101 portal \
    && useradd --system --uid 10001 --gid portal --create-home portal \
    && mkdir /data && chown portal:portal /data
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data PATH=/venv/bin:$PATH
WORKDIR /portal
COPY --from=packages /venv /venv
COPY --from=made /portal /portal
USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "jbn_oversight.wsgi"]
