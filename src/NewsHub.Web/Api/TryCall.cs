using NewsHub.Core.Text;
namespace NewsHub.Web.Api;

/// <summary>Where the forms of <c>/api</c> lead whose fields belong into the path: a browser without scripts can only put them
/// behind a question mark.</summary>
internal static class TryCall
{
    public static IResult Lead(string name, HttpContext context)
    {
        if (Call.All.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            && c.Parameters.Any(p => p.InPath)) is not { } call) return Problems.Unknown("There is no such call to try.");
        var route = call.Route;
        foreach (var parameter in call.Parameters)
        {
            if (context.Request.Query[parameter.Name] is not [{ Length: > 0 and <= 200 } typed] || TypedText.Line(typed) is not { } value)
                return Problems.Wrong($"Fill in {parameter.Name}, once.");
            route = route.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        }
        return Results.LocalRedirect(Call.Root + route);
    }
}
