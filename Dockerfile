# The production shape: the same scripts and targets as on a laptop, with the small lock.
FROM python:3.13-slim-bookworm AS build
RUN apt-get update -q && apt-get install -y -q --no-install-recommends make
WORKDIR /srv/rtcm
COPY deploy deploy
RUN deploy/packages build
COPY requirements.lock .
RUN deploy/install requirements.lock
COPY . .
RUN make ready LOCK=requirements.lock && .venv/bin/python -m compileall -q .

FROM python:3.13-slim-bookworm
COPY deploy/packages /tmp/packages
RUN /tmp/packages pdf && rm -rf /tmp/packages /var/lib/apt/lists/* \
    && useradd --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin rtcm \
    && install -d -o rtcm -g rtcm -m 700 /srv/media /srv/keys
COPY --from=build /srv/rtcm /srv/rtcm
WORKDIR /srv/rtcm
ENV PATH=/srv/rtcm/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MEDIA_ROOT=/srv/media \
    BIND=0.0.0.0:8000
USER rtcm
EXPOSE 8000
CMD ["gunicorn", "rtcm.wsgi"]
