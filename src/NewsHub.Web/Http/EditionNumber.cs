using System.Globalization;

namespace NewsHub.Web.Http;

/// <summary>An edition's number in an address: digits, no leading zero, from 1. Anything else is no edition.</summary>
internal static class EditionNumber
{
    public static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && text[0] != '0';
}
