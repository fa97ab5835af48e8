using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace NewsHub.Web.Assets;

/// <summary>
/// Reads a folder of assets and ties them together: style sheets take in what they import, and references from style
/// sheets and modules become the addresses of the files they mean. A reference to nothing stops the start.
/// </summary>
internal sealed partial class AssetFiles(string folder)
{
    internal sealed record Asset(string Name, string Address, byte[] Bytes)
    {
        /// <summary>For the attribute <c>integrity</c>.</summary>
        public string Integrity { get; } = "sha384-" + Convert.ToBase64String(SHA384.HashData(Bytes));
    }

    private readonly Dictionary<string, Asset> _made = new(StringComparer.Ordinal);
    private readonly List<string> _making = [];

    public IEnumerable<Asset> ReadAll()
    {
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            // Recipes stay in the house; licences are for everyone.
            .Where(name => !name.Split('/').Any(part => part.StartsWith('.')) && !name.EndsWith(".sh", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Make)];
    }

    private Asset Make(string name)
    {
        if (_made.TryGetValue(name, out var known)) return known;
        var bytes = Within(name, () => Path.GetExtension(name) switch
        {
            // Its comments stay in the house; what is for everyone begins with an exclamation mark.
            ".css" => Encoding.UTF8.GetBytes(CssComment().Replace(Css(name), "")),
            ".js" or ".mjs" => Encoding.UTF8.GetBytes(Rewrite(name, Read(name), JsReference())),
            _ => File.ReadAllBytes(Path.Combine(folder, name)),
        });
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 4));
        var asset = new Asset(name, $"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", bytes);
        _made.Add(name, asset);
        return asset;
    }

    private string Css(string name)
    {
        // Its own references first, while the folder they are read from is still its own.
        var text = Rewrite(name, Read(name), CssUrl());
        return CssImport().Replace(text, import =>
        {
            if (!import.Groups["end"].Success)
                throw new IOException(
                    $"wwwroot/{name}({Line(text, import)}): imports here are whole, or into a layer: @import \"x.css\" layer(y);");
            var imported = Target(name, text, import);
            var css = Within(imported, () => Css(imported)).TrimEnd('\n') + "\n";
            return import.Groups["layer"] is { Success: true } layer ? $"@layer {layer.Value} {{\n{css}}}\n" : css;
        });
    }

    // References are to files ("to"); data:, #fragments, addresses already made and other sites are left alone.
    private string Rewrite(string name, string text, Regex reference) => reference.Replace(text, found =>
    {
        var to = found.Groups["to"];
        if (to.Value.StartsWith('#')
            || to.Value.StartsWith("/assets/", StringComparison.Ordinal)
            || to.Value.Contains(':', StringComparison.Ordinal))
        {
            return found.Value;
        }
        var at = to.Index - found.Index;
        return found.Value[..at] + Make(Target(name, text, found)).Address + found.Value[(at + to.Length)..];
    });

    private string Target(string name, string text, Match found)
    {
        var to = found.Groups["to"].Value.Split('?', '#')[0];
        var target = to.StartsWith('/')
            ? to[1..]
            : Path.GetRelativePath(folder, Path.GetFullPath(Path.Combine(folder, Path.GetDirectoryName(name)!, to))).Replace('\\', '/');
        if (!target.StartsWith("..", StringComparison.Ordinal) && File.Exists(Path.Combine(folder, target))) return target;
        throw new FileNotFoundException($"wwwroot/{name}({Line(text, found)}): there is no file '{to}'.", target);
    }

    private static int Line(string text, Match found) => text.AsSpan(0, found.Groups["to"].Index).Count('\n') + 1;

    private T Within<T>(string name, Func<T> make)
    {
        if (_making.Contains(name))
            throw new InvalidDataException($"wwwroot/{name} refers to itself: {string.Join(" → ", _making.Append(name))}.");
        _making.Add(name);
        var result = make();
        _making.Remove(name);
        return result;
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(folder, name)).ReplaceLineEndings("\n");

    [GeneratedRegex(
        """^[ \t]*@import\s+["'](?<to>[^"']+)["']\s*(?:layer\((?<layer>[^)]+)\)\s*)?(?<end>;[ \t]*\n?)?""", RegexOptions.Multiline)]
    private static partial Regex CssImport();

    [GeneratedRegex("""[ \t]*/\*(?!!).*?\*/(?:[ \t]*\n)?""", RegexOptions.Singleline)]
    private static partial Regex CssComment();

    [GeneratedRegex("""url\(\s*["']?(?<to>[^"')\s]+)["']?\s*\)""")]
    private static partial Regex CssUrl();

    [GeneratedRegex("""\b(?:(?:from|import)\s*\(?|new URL\()\s*["'](?<to>\.{1,2}/[^"']+)["']""")]
    private static partial Regex JsReference();
}
