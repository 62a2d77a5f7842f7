"""Content Security Policies: what a page may load, and from where."""

from django.utils.csp import CSP

PUBLIC_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # The page of a video meeting has its own: exactly the origin of that meeting.
    "frame-src": [CSP.NONE],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    # Chromium also asks this of where a form's answer redirects to: paying and connecting an account lead to Stripe.
    "form-action": [CSP.SELF, "https://checkout.stripe.com", "https://connect.stripe.com"],
    # The editor shows the preview of a page in a frame, and the preview has the policy of the page.
    "frame-ancestors": [CSP.SELF],
}

# Wagtail writes inline scripts and styles without nonces. A nonce here would switch 'unsafe-inline' off again.
EDITORS_POLICY: dict[str, list[str]] = {
    **PUBLIC_POLICY,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
}
