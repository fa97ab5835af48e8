# Varnish 7 in front of the paper, with the module xkey (package varnish-modules). Start it with -p http_gzip_support=off: by itself it
# asks for gzip alone, and readers would get no Brotli. Settings of the paper: Cdn__Kind=varnish and Cdn__Purge=http://HOST:PORT/ of this
# Varnish. Purges are taken from these addresses only; give the paper's own where it is none of them.
vcl 4.1;

import std;
import xkey;

backend paper {
    .host = "web";
    .port = "8080";
    # By a name that the paper always answers to.
    .probe = { .request = "GET /healthz HTTP/1.1" "Host: localhost" "Connection: close"; .interval = 1s; .timeout = 2s; .window = 3; .threshold = 2; .initial = 2; }
}

acl purgers {
    "localhost";
    "10.0.0.0"/8;
    "172.16.0.0"/12;
    "192.168.0.0"/16;
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # Behind a proxy everybody has its address: then a token must prove it, in the environment of both sides.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ","
            || (std.getenv("PURGE_TOKEN") && req.http.xkey-purge-token != std.getenv("PURGE_TOKEN"))) {
            return (synth(403, "Forbidden"));
        }
        if (req.http.xkey-purge-all) {
            ban("obj.status != 0");
            return (synth(200, "Everything"));
        }
        set req.http.n-gone = xkey.purge(req.http.xkey-purge);
        return (synth(200, "Dropped " + req.http.n-gone));
    }
    unset req.http.xkey-purge;
    # What one person writes or sees passes by, and so do pages in a language that a reader chose, and streams.
    if (req.method != "GET" && req.method != "HEAD") { return (pass); }
    if (req.url ~ "^/admin(/|$|\?)" || req.http.Accept == "text/event-stream") { return (pass); }
    if (req.http.Cookie ~ "(^|; )(__Host-)?lang=") { return (pass); }
    if (req.http.Upgrade) { return (pipe); }
    unset req.http.Cookie;
    # Three forms of each page, however many ways there are to ask for them.
    if (req.http.Accept-Encoding ~ "br") { set req.http.Accept-Encoding = "br"; }
    elsif (req.http.Accept-Encoding ~ "gzip") { set req.http.Accept-Encoding = "gzip"; }
    else { unset req.http.Accept-Encoding; }
    # A page that is too old is shown for half a minute while it is asked for anew, and for as long as the paper is away.
    if (std.healthy(req.backend_hint)) { set req.grace = 30s; }
    return (hash);
}

sub vcl_backend_response {
    # What was asked for in the background and failed replaces nothing.
    if (beresp.status >= 500 && bereq.is_bgfetch) { return (abandon); }
    # Only what says so is kept: pages for as long as Surrogate-Control says, pictures and style sheets by their own headers.
    if (beresp.http.Surrogate-Control ~ "max-age=[0-9]+") {
        set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, ".*max-age=([0-9]+).*", "\1") + "s", 0s);
        set beresp.grace = std.duration(regsub(beresp.http.Surrogate-Control, ".*stale-if-error=([0-9]+).*", "\1") + "s", 0s);
    } elsif (beresp.http.Cache-Control !~ "immutable" || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        set beresp.ttl = 120s;
    }
    unset beresp.http.Surrogate-Control;
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
}
