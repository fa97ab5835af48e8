using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace NewsHub.Core.Tests.Stories.Body;

/// <summary>What an attacker may write into a body, and that nothing of it is live in the page.</summary>
public sealed class BodySafetyTests
{
    private static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "html", "head", "body", "a", "abbr", "aside", "b", "blockquote", "br", "cite", "code", "del", "div", "em", "figcaption", "section",
        "figure", "h2", "h3", "hr", "i", "img",
        "ins", "li", "ol", "p", "picture", "pre", "q", "s", "small", "source", "span", "strong", "sub", "sup", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "alt", "aria-label", "cite", "class", "colspan", "decoding", "dir", "height", "href", "id", "lang", "loading", "rel", "role",
        "rowspan", "scope", "sizes", "src",
        "srcset", "start", "tabindex", "title", "type", "width",
    };

    private static readonly string[] Raw =
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/a.js></SCRIPT>", "<script\n>alert(1)</script\n>",
        "<scr<script>ipt>alert(1)</script>", "<script/x>alert(1)</script>",
        "<<script>alert(1);//<</script>", "<script>alert(1)", "\0<scr\0ipt>alert(1)</scr\0ipt>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<img src=x onerror=alert(1)>", "<img src=x oneRRor=alert(1)>", "<img/src=x/onerror=alert(1)>",
        "<img src=\"x\"onerror=\"alert(1)\">", "<img src=x onerror\n=alert(1)>",
        "<img src=`x`onerror=alert(1)>", "<img \"\"\"><script>alert(1)</script>\">", "<img src=javascript:alert(1)>",
        "<img dynsrc=javascript:alert(1)>", "<img lowsrc=javascript:alert(1)>",
        "<img src=cables.jpg onerror=alert(1)>", "<img src=cables.jpg srcset=\"x.jpg 2x\" onload=alert(1)>",
        "<img src=cables.jpg style=\"background:url(javascript:alert(1))\">",
        "<img src=cables.jpg alt=\"\" title=\"<script>alert(1)</script>\">", "<img src=cables.jpg alt='\"><script>alert(1)</script>'>",
        "<image src=x onerror=alert(1)>", "<image href=x onerror=alert(1)>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg/onload=alert(1)//",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
        "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x>x</a></svg>",
        "<svg><foreignObject><iframe srcdoc=\"<script>alert(1)</script>\"></foreignObject></svg>",
        "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x\"></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<svg><set attributeName=onmouseover to=alert(1)>",
        "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>",
        "<math><a xlink:href=\"javascript:alert(1)\">x</a></math>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<math href=\"javascript:alert(1)\">x</math>",
        "<math><maction actiontype=statusline xlink:href=\"javascript:alert(1)\">x</maction></math>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<math><mi><mglyph><svg><mtext><textarea><path id=\"</textarea><img onerror=alert(1) src=1>\">",
        "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
        "<a href=javascript:alert(1)>x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\" javascript:alert(1)\">x</a>",
        "<a href=\"\u0001javascript:alert(1)\">x</a>", "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java&#10;script:alert(1)\">x</a>",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>",
        "<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)\">x</a>",
        "<a href=\"&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)\">x</a>",
        "<a href=\"&#0000106avascript:alert(1)\">x</a>", "<a href=\"vbscript:msgbox(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>", "<a href=\"DATA:text/html,x\">x</a>",
        "<a href=\"feed:javascript:alert(1)\">x</a>", "<a href=\"view-source:javascript:alert(1)\">x</a>",
        "<a href=\"blob:https://x.example/1\">x</a>", "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"intent:#Intent;end\">x</a>",
        "<a href=\"filesystem:http://x.example/\">x</a>", "<a href=\"ws://x.example/\">x</a>",
        "<a href=\"javascript:/*--></title></style></textarea></script><svg onload=alert(1)>\">x</a>",
        "<a href=https://x.example/ onclick=alert(1) onmouseover=alert(1)>x</a>",
        "<a href=\"https://x.example/\" target=_blank ping=\"https://t.example/\" download style=\"position:fixed\">x</a>",
        "<a xlink:href=\"javascript:alert(1)\">x</a>", "<a href='x' href='javascript:alert(1)'>x</a>",
        "<a href=\"ｊavascript:alert(1)\">x</a>", "<a href=\"javascript\u200b:alert(1)\">x</a>",
        "<a href=\"\u00a0javascript:alert(1)\">x</a>", "<a href=\"\ufeffjavascript:alert(1)\">x</a>",
        "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<iframe srcdoc=\"&lt;img src=x onerror=alert(1)&gt;\">", "<frameset><frame src=javascript:alert(1)></frameset>",
        "<object data=javascript:alert(1)></object>", "<object data=\"data:text/html,<script>alert(1)</script>\">",
        "<embed src=javascript:alert(1)>", "<applet code=x></applet>", "<param name=src value=javascript:alert(1)>",
        "<form action=javascript:alert(1)><input type=submit></form>",
        "<form action=https://x.example/><input name=password><button>Sign in</button></form>",
        "<button formaction=javascript:alert(1)>x</button>",
        "<input autofocus onfocus=alert(1)>", "<input type=image src=x formaction=javascript:alert(1)>",
        "<select autofocus onfocus=alert(1)><option>x</select>",
        "<textarea autofocus onfocus=alert(1)></textarea><script>alert(1)</script>",
        "<keygen autofocus onfocus=alert(1)>", "<isindex action=javascript:alert(1) type=image>", "<label for=x onclick=alert(1)>x</label>",
        "<fieldset><legend onclick=alert(1)>x</fieldset>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<meta charset=utf-7>", "<base href=javascript:alert(1)//>",
        "<base href=https://x.example/>", "<link rel=stylesheet href=https://x.example/x.css>",
        "<link rel=import href=data:text/html,x>", "<style>@import 'https://x.example/x.css';</style>",
        "<style>body{background:url(javascript:alert(1))}</style>",
        "<STYLE>li{list-style-image:url(\"javascript:alert(1)\")}</STYLE><ul><li>x",
        "<p style=\"width:expression(alert(1))\">x</p>", "<p style=\"behavior:url(x.htc)\">x</p>",
        "<div style=\"-moz-binding:url(x.xml#x)\">x</div>", "<div style=\"position:fixed;inset:0\">x</div>",
        "<style><img src=\"</style><img src=x onerror=alert(1)//\">",
        "<video src=x onerror=alert(1)>", "<video><source onerror=alert(1)></video>", "<video poster=javascript:alert(1)>",
        "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>",
        "<body onload=alert(1)>", "<body background=javascript:alert(1)>",
        "<table background=javascript:alert(1)><td background=javascript:alert(1)>x</table>", "<bgsound src=javascript:alert(1)>",
        "<layer src=x></layer>",
        "<xss style=\"xss:expression(alert(1))\">x</xss>", "<x onclick=alert(1)>x</x>", "<p onclick=alert(1)>x</p>",
        "<p onpointerenter=alert(1) tabindex=1>x</p>", "<b onbeforescriptexecute=alert(1)>x</b>", "<div/onclick=alert(1)>x</div>",
        "<p><template><script>alert(1)</script></template>", "<template shadowrootmode=open><script>alert(1)</script></template>",
        "<slot onslotchange=alert(1)>", "<dialog open onclose=alert(1)>x</dialog>", "<portal src=x onload=alert(1)>",
        "<xmp><script>alert(1)</script></xmp>", "<plaintext><script>alert(1)</script>", "<noembed><img src=x onerror=alert(1)></noembed>",
        "<noframes><p title=\"</noframes><img src=x onerror=alert(1)>\">", "<title><script>alert(1)</script></title>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>", "<comment><img src=x onerror=alert(1)></comment>",
        "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
        "<!--><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script> -->", "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<![CDATA[<script>alert(1)</script>]]>", "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
        "<!DOCTYPE x [<!ENTITY y \"<script>alert(1)</script>\">]>&y;", "<?php echo '<script>alert(1)</script>' ?>",
        "</p><script>alert(1)</script><p>", "</body></html><script>alert(1)</script>", "<div id=\"fn\" name=x class=\"masthead\">x</div>",
        "<span class=\"pullquote evil\" data-x=1 slot=y is=x part=z nonce=a itemid=javascript:alert(1)>x</span>",
        "<blockquote cite=javascript:alert(1)>x</blockquote>", "<q cite=\"data:text/html,x\">x</q>",
        "<del cite=javascript:alert(1)>x</del>",
        "<a href=\"//x.example/\">x</a>", "<p dir=\"rtl\" lang=\"'><script>alert(1)</script>\">x</p>", "<td><svg onload=alert(1)>",
        "<table><tr><td><form><button formaction=javascript:alert(1)>", "<select><template><script>alert(1)</script></template></select>",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "%3Cscript%3Ealert(1)%3C/script%3E",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "\u003cscript\u003ealert(1)\u003c/script\u003e", "¼script¾alert(1)¼/script¾",
    ];

    private static readonly string[] Markdown =
    [
        "[x](javascript:alert(1))", "[x](JAVASCRIPT:alert(1))", "[x](<javascript:alert(1)>)", "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))", "[x](java%0ascript:alert(1))", "[x](\u0001javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)", "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[x](vbscript:msgbox(1))", "[x](livescript:alert(1))", "[x](mocha:alert(1))", "[x](file:///etc/passwd)",
        "[x](https://x.example/ \"t\" onclick=alert(1))", "[x](https://x.example/\"onclick=alert(1))",
        "[x](https://x.example/ '\" onclick=alert(1) x=\"')", "[x][y]\n\n[y]: javascript:alert(1)",
        "[y]\n\n[y]: <javascript:alert(1)> \"t\"",
        "[y]\n\n[y]: data:text/html,x", "<javascript:alert(1)>", "<vbscript:msgbox(1)>", "<data:text/html,x>", "<JAVASCRIPT:alert(1)>",
        "<x@example.org\" onclick=alert(1)>", "<https://x.example/\" onclick=alert(1)>",
        "![x](javascript:alert(1))", "![x](data:image/svg+xml,<svg onload=alert(1)>)", "![x](cables.jpg\" onerror=alert(1))",
        "![\" onerror=alert(1) x=\"](cables.jpg)", "![x](cables.jpg '\"><script>alert(1)</script>')",
        "![<script>alert(1)</script>](cables.jpg)", "x {onclick=alert(1)}", "## Head {onclick=alert(1) #main .masthead}",
        "[x](https://x.example/){onclick=alert(1) style=\"x:expression(1)\"}", "![x](cables.jpg){onload=alert(1)}",
        ":::pullquote {onclick=alert(1)}\nx\n— <script>alert(1)</script>\n:::",
        ":::pullquote\n<img src=x onerror=alert(1)>\n— \"><svg onload=alert(1)>\n:::",
        ":::aside {#x onclick=alert(1)}\n<script>alert(1)</script>\n:::",
        ":::embed\nhttps://x.example/\"onclick=alert(1)\n<script>alert(1)</script>\n:::",
        ":::embed\njavascript:alert(1)//https://x.example\nx\n:::", ":::embed\nhttps://x.example/'><script>alert(1)</script>\nx\n:::",
        "| a |\n|---|\n| <img src=x onerror=alert(1)> |", "| [x](javascript:alert(1)) |\n|---|\n| y |",
        "| <b title=\"x |\n|---|\n| \" onclick=alert(1)> |", "x[^1]\n\n[^1]: <script>alert(1)</script>",
        "x[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: y",
        "```html onclick=alert(1)\n<script>alert(1)</script>\n```", "```\"><script>alert(1)</script>\nx\n```",
        "`<script>alert(1)</script>`", "    <script>alert(1)</script>", "::x{onclick=alert(1)}", "::x::{onclick=alert(1)}",
        "1. <script>\n2. alert(1)</script>",
        "*<img src=x onerror=alert(1)>*", "> <iframe srcdoc='<script>alert(1)</script>'>",
        "[<img src=x onerror=alert(1)>](https://x.example/)", "\\<script>alert(1)\\</script>",
        "<a href=\"https://x.example/\n\nonclick=alert(1)\">x</a>",
    ];

    public static TheoryData<string> Vectors() =>
        [.. Raw, .. Markdown, .. Raw.Select(r => $"Text {r} more."), .. Raw.Select(r => $"> - {r}")];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Nothing_live_is_left(string vector)
    {
        var html = Copy.Render(vector).Html;
        var page = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument(html);
        foreach (var element in page.All)
        {
            Assert.Contains(element.LocalName, Tags);
            Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
            foreach (var attribute in element.Attributes)
            {
                Assert.Contains(attribute.Name, Attributes);
                if (attribute.Name is "href" or "src" or "cite")
                    Assert.True(IsHarmless(attribute.Value), $"{attribute.Name}={attribute.Value}");
                if (attribute.Name is "id") Assert.StartsWith("fn", attribute.Value, StringComparison.Ordinal);
                if (attribute.Name is "src" or "srcset") Assert.StartsWith("/media/", attribute.Value, StringComparison.Ordinal);
            }
        }
        Assert.Empty(page.Head!.Children);
        Assert.DoesNotContain(page.Descendants(), n => n is IComment);
        // What a browser parses is what was checked: the markup does not change when it is read again.
        Assert.Equal(html, page.Body!.InnerHtml.Trim());
    }

    [Fact]
    public void There_are_more_than_a_hundred_vectors() =>
        Assert.True(Raw.Length + Markdown.Length > 200, $"{Raw.Length} + {Markdown.Length}");

    [Theory]
    [InlineData("[x](https://example.org/a?b=c&d=e#f)", "https://example.org/a?b=c&d=e#f")]
    [InlineData("[x](mailto:desk@example.org)", "mailto:desk@example.org")]
    [InlineData("[x](tel:+2348012345678)", "tel:+2348012345678")]
    [InlineData("[x](/technology/2025/07/01/ferry)", "/technology/2025/07/01/ferry")]
    [InlineData("[x](#fn:1)", "#fn-1")]
    [InlineData("<https://example.org/>", "https://example.org/")]
    [InlineData("[x](https://example.org/東京)", "https://example.org/%E6%9D%B1%E4%BA%AC")]
    public void An_honest_link_stays(string markdown, string href) =>
        Assert.Equal(href, new HtmlParser().ParseDocument(Copy.Render(markdown).Html).QuerySelector("a")!.GetAttribute("href"));

    [Theory]
    [InlineData("H<sub>2</sub>O and x<sup>2</sup>")]
    [InlineData("<abbr title=\"Central Bank of Nigeria\">CBN</abbr>")]
    [InlineData("<span lang=\"fr\">mot</span> <q>x</q> <del>y</del> <ins>z</ins>")]
    public void Honest_markup_stays(string markup) => Assert.Equal($"<p>{markup}</p>", Copy.Render(markup).Html);

    private static bool IsHarmless(string address)
    {
        // As a browser reads it: control characters and blanks at the ends and tabs and newlines within are nothing.
        var read = new string([.. address.Where(c => c is not ('\t' or '\n' or '\r'))])
            .Trim([.. Enumerable.Range(0, 33).Select(i => (char)i)]);
        var colon = read.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 && read.AsSpan(0, colon).IndexOfAny("/?#") < 0 ? read[..colon].ToLowerInvariant() : null;
        return scheme is null or "http" or "https" or "mailto" or "tel";
    }
}
