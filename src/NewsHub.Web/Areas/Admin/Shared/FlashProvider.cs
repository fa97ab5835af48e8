using Microsoft.AspNetCore.Mvc.ViewFeatures;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>
/// What the newsroom says on the page that comes next, in its cookie until then. Only that page takes it away: scripts that
/// ask beside it, and answers to what was asked before it was said (a proof, an autosave), leave the cookie alone. The stock
/// provider deletes it with each answer.
/// </summary>
internal sealed class FlashProvider(CookieTempDataProvider cookie) : ITempDataProvider
{
    private static readonly object HadNone = new();

    public IDictionary<string, object> LoadTempData(HttpContext context)
    {
        var said = UploadsAttribute.AsksAsScript(context.Request) ? new Dictionary<string, object>() : cookie.LoadTempData(context);
        if (said.Count == 0) context.Items[HadNone] = HadNone;
        return said;
    }

    public void SaveTempData(HttpContext context, IDictionary<string, object> values)
    {
        if (values.Count == 0 && context.Items.ContainsKey(HadNone)) return;
        cookie.SaveTempData(context, values);
    }
}
